/**
 * Test key pairs, made for these vectors; they open nothing. Private halves are PKCS#8, DER, base64.
 */
export interface TestKey {
  /** SubjectPublicKeyInfo in PEM. */
  pem: string
  /** The same in DER, base64. */
  spki: string
  /** Ed25519: the 32 raw bytes in hex; empty for RSA. */
  hex: string
  pkcs8: string
}

export const ed25519: TestKey = keyOf(
  'MCowBQYDK2VwAyEAq4UX9rBhn7TG31ew0k3X0QurQzb4+rus1vvz5HTJ+/E=',

  'MC4CAQAwBQYDK2VwBCIEIKj+9YonMoCfFXwaje4Ks1HG2QNCMvtAYEitKR3MwvAj',
)

export const otherEd25519: TestKey = keyOf(
  'MCowBQYDK2VwAyEAMVKTEimziuqsd1iUEPk9soBYF9pNsTfzWnaGHQmh1Dc=',

  'MC4CAQAwBQYDK2VwBCIEIFE3N50gtT2HK8b0RecFCch0dGkzNsz5xNbpxsXeSs4S',
)

export const rsa: TestKey = keyOf(
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAo1LlGvrup3qYWK+0Tmg2fCHGA+jzIGt5+E1yqCWELypo' +
    'wiooY7rIjOoyk+Z13acwYNjAAAa6HYtRTxBxvy4L3yPfWOVDOzPUSzXduC443Br6F9lWVlrMYgWEs9bRr3ZvRQF3' +
    'JKTgjDOXvkFYOj4Q0lgScPP4vfXbUJ7QZ2X0IfjHiPZCK2Q2IXkR5u78CHF5SL44b2EwV5NzwIfO2LmzpH6LTi1R' +
    'C+ga6fymMv6xrAvMSXKwYZ3cyWWAzwc2jGyPbW6Qxp7Lhxm/eLqCGGMJx5czqD2xwW38Oq1Vs/gg40VDXcDQ1HoA' +
    't5Oms5FWE761y9Yidv3YHT5h1Bzsm7lzVQIDAQAB',

  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCjUuUa+u6nephYr7ROaDZ8IcYD6PMga3n4TXKo' +
    'JYQvKmjCKihjusiM6jKT5nXdpzBg2MAABrodi1FPEHG/LgvfI99Y5UM7M9RLNd24LjjcGvoX2VZWWsxiBYSz1tGv' +
    'dm9FAXckpOCMM5e+QVg6PhDSWBJw8/i99dtQntBnZfQh+MeI9kIrZDYheRHm7vwIcXlIvjhvYTBXk3PAh87YubOk' +
    'fotOLVEL6Brp/KYy/rGsC8xJcrBhndzJZYDPBzaMbI9tbpDGnsuHGb94uoIYYwnHlzOoPbHBbfw6rVWz+CDjRUNd' +
    'wNDUegC3k6azkVYTvrXL1iJ2/dgdPmHUHOybuXNVAgMBAAECggEAGiKXeWYKvx+p1dVGCd74ywvfgzwpfbhdI/wG' +
    'uzwHp0GG0n1LCcx3r78BWXQBS/cnUXQV41swOK6U1A1aWmC8sxgrMy86vzRHxkJIKOMyo5wohZz4iSiN+KiP5/Ra' +
    'CRUvcJAvt9wvd5gA8gfEXcuVRwejadJMrV80mXXUfRtOQgoq1x7q3cUC+lqT92WRI3EPyoyuf5b9DlpbeaXPVrrb' +
    'eLczBfAz9RY3MNWl2UUXEGGUal5IzBASX3HnQtgHf49Ok74dwh6586BLEKOsGevne+oHTmlChqPqeCBbcK1bWcDs' +
    'YbVYanz2ngjKrNI6sP+s+HNeDkVRhpTnXWtAKgoPUQKBgQDjyEnKd0N29NuhAsPGzNPneAyc4PJSdIj7A/CdnH8v' +
    'zllD95kvwsP5VymFnF3925zmNVKg1HMdKPwcpxPTCQjokGiwVL12wjp/wh08UUxo4RthexVa8Gdh497W1dnzh3kY' +
    '6NvOLWvYyqjkzxY8MbjXgmXrfZToZ210tv+iBBFThQKBgQC3jmsPSfHfVRk+YunzkwNDuRbi0pToN2fxqRkOmH1e' +
    '5TiZlIoWbZmpUELOsV78rjZOyHQgdaHckjEeqk706zsHfELAKYPvN+zodZW3vHta45pY4CJqPNF7ljk2Ad21R7mv' +
    'CI+YO4eSWX9gTWNB++OiGXaZE7pD5hC8oFx7diEhkQKBgGRS9fU/3C4LoKRk9FeeJYLghCWgifo5K4/rZ1Hz+KzU' +
    'pMpjxkub6/bpJfecLGXAEXXvbGo7yEvCnm/8QqYDZ7IO0J1BZYVl/KACnh/P6uiSpR2lOX2pPs+FrsNOw0UYmQSY' +
    'ox9HMCX29LZ6Y1+1wqTg4QT8ddZ6n2H1q9fvFLaFAoGAcM4hlV/IOYw+20xGot5yXyhcnED2KlACnU1ijMnCIpOU' +
    'WS4kPuxURu2AYS44Rel6jqg6Vch1FOzzKvlXVMVLnaoMC7R31If2HFZHEIfQ92Zw8LWt8MQ3qVAFEN/MtR/DSYJl' +
    'XRUYmCRQV4q3uVFn77LeY+zvx9KX7pROwcEzU0ECgYEA3tLICrF31oMvj77lImIeeG2P9t7rZJ6QRdlEOrNrTnTB' +
    'IH8Er0RzYuRT2tJ9IfIuV5Pl9wAwA6LkW8YtQDs2U+d22AgSc2pgt1AQujSYqVG/w96yL4/DoHFJcHKef2G5tX/m' +
    'i3tcWsLnjxs7thGUzdVcNWGYpfCdo1v5T7TrtS4=',
)

/** A self-signed certificate of it, PEM. */
export const rsaCertificate = pem(
  'CERTIFICATE',

  'MIIDGTCCAgGgAwIBAgIURUNAZAO1x5xHamE1fc71xac1bFswDQYJKoZIhvcNAQELBQAwGzEZMBcGA1UEAwwQc25z' +
    'LmV4YW1wbGUudGVzdDAgFw0yNjExMjIwMTA3MDlaGA8yMTI2MTAyOTAxMDcwOVowGzEZMBcGA1UEAwwQc25zLmV4' +
    'YW1wbGUudGVzdDCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAKNS5Rr67qd6mFivtE5oNnwhxgPo8yBr' +
    'efhNcqglhC8qaMIqKGO6yIzqMpPmdd2nMGDYwAAGuh2LUU8Qcb8uC98j31jlQzsz1Es13bguONwa+hfZVlZazGIF' +
    'hLPW0a92b0UBdySk4Iwzl75BWDo+ENJYEnDz+L3121Ce0Gdl9CH4x4j2QitkNiF5Eebu/AhxeUi+OG9hMFeTc8CH' +
    'zti5s6R+i04tUQvoGun8pjL+sawLzElysGGd3MllgM8HNoxsj21ukMaey4cZv3i6ghhjCceXM6g9scFt/DqtVbP4' +
    'IONFQ13A0NR6ALeTprORVhO+tcvWInb92B0+YdQc7Ju5c1UCAwEAAaNTMFEwHQYDVR0OBBYEFDb+4938gBLdK5aX' +
    '+dTJ8H3UXwBFMB8GA1UdIwQYMBaAFDb+4938gBLdK5aX+dTJ8H3UXwBFMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZI' +
    'hvcNAQELBQADggEBADLSeQbb5FC62Ael6CUtEsa05zvn8WTHB01Q3cNNUa+oUT0IWk4If+1B6yHvLeBc0SWmeiGj' +
    'UQf/x/JP6rhGbv+fYKMiO8eWopWsDY/iVd6T35gQKoLwrPR1wtL3MfjeARL7a63Wvs+ZCWwvlwB1fBLb8P/g799Z' +
    'OjtvZ/0EzhLTSOfYdnx4Urop8W4eNPDrDZrfGUFis96F8Kvrkqbni8jwUxqoTMWqFMf3l20VcC/xtjgGrtpgx4me' +
    'ovfVsNHIZeTqnrKV0r+64ZYvbRUkPyKxgXi9BJEnzkmoq/fvHO537UqUvQlN9kxpdVQaLIraVBR4AFdn/zv3wyp6' +
    'TdLHfBk=',
)

export const otherRsa: TestKey = keyOf(
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAz5weWWaYcFs1/5YphqTQDTgrk3zoRHwDdYec886gKIrl' +
    't/8o2v4Gmt38YkW/xqfy+0VOdmBc9d+TThQZyktbJQKbdH22EQdgoKsb9e3ORIs9svx277Ut8M5oc0HAh/rUJtZW' +
    'RLZzvZzY9e9DRam8lmpoQhJd4LuAn3tYgxZccBSkxGD5azGfrhjMB64wgwyiVqi1Zw5/NQobho4yRDMRAuIbA3fw' +
    '0Y2h8Jq9v8e9eDHwogGS9UZ9yPEtfljevEVgW0fItG/dmheiPFIHHu/KuWyqun6rZQoG+ClL+5rY+0PgZ70BFMDe' +
    'CHhc+udnUxnej93rB1leVd9HpY1zFRyl0QIDAQAB',

  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDPnB5ZZphwWzX/limGpNANOCuTfOhEfAN1h5zz' +
    'zqAoiuW3/yja/gaa3fxiRb/Gp/L7RU52YFz135NOFBnKS1slApt0fbYRB2Cgqxv17c5Eiz2y/HbvtS3wzmhzQcCH' +
    '+tQm1lZEtnO9nNj170NFqbyWamhCEl3gu4Cfe1iDFlxwFKTEYPlrMZ+uGMwHrjCDDKJWqLVnDn81ChuGjjJEMxEC' +
    '4hsDd/DRjaHwmr2/x714MfCiAZL1Rn3I8S1+WN68RWBbR8i0b92aF6I8Ugce78q5bKq6fqtlCgb4KUv7mtj7Q+Bn' +
    'vQEUwN4IeFz652dTGd6P3esHWV5V30eljXMVHKXRAgMBAAECggEAS9yMvHdAUaIKr7ujrecQfRwe1DRqvQehzfMB' +
    'd5dzr4zdlyfeOnNjX3ipLhG1m3YoVAfFvXzFyzRoo7m1mNWDVxlGS8FZ44wSE3Oi8nD0k9hbcclN/pZyVJFf2mnW' +
    '2/lcR1q/yDjxPwKOxwMoTk7RMhdsxGPouONbAyuzsqbbnTpM46XgHFkzQyg0hOxWMjV+Y6SPvIFgPIgLp7efF1sT' +
    'db2Tlwklc6uoGMSUYFPLfPJlwZVgv+QeTfbQs3LhKr9nU6n+MVjMbABBUIQhMAVrb2UvP3bPLT66/5at1sZM0mF9' +
    'JZrmVEYEsh+Ev24SC22ot2LTbLHm+llSZtP3HwNU1wKBgQD5IBKLCKhl/FPGjc8glh/lgw3uVevvtJqAiKtaVyV4' +
    'QZMwfNT5ObA//NY6ciTlsWXumJZXNs1kFTlbKv/0J8QEZZucFv7LIAgd4KNupdfwNZgLePYJn2OAUgCIG+uSg893' +
    '843jGzG2kfZknWY/qiApKdVrZsHeOfHg7VTQUPQ2wwKBgQDVVsNkxE3NtH2WrXqmN2fZOSZhWbKnjiiyQtxXMlbB' +
    'i4KcE2aRiYn4fCeea2lSWffTBaurYJrpM0wUg/sZZVRQ3jW2yR8PgdHXvjO+TFPTQiZMQx7eTysV2X2wC1HppJnP' +
    '7VxSF6MlFpVlN52V28RbvDtinUIjdgkys0HTDwwv2wKBgQDWOrtXbjGJygussePNDOwO7Lz9GEwUzMUUBPL9c/VX' +
    'zWQqjR6D1xT2YZFDn0aVcxDJtdOK2iiTiSDSgk6qgcuxUEMZXjjrKfdw4e0IyHrCKQQ/0VwaeEMTZPDqGsBgNRMi' +
    '/oEkLA17B1fPu/7ifoS7gSry+eF7HW8f0ldd8E+iCwKBgD/5rcyZBY/rUUIPMdmIge7lMXo+ENIoUlHqtPK9GMEf' +
    'mgI92yNHsIVAjgz2vvXAHw48BBf3d1z5UhZQ4cri1R8PE+KFe3gGASyGUDP/5Z9TlfKGqkoWSaBawVM6gczj3HA7' +
    'CNVhWz4zAIgC3pHi/oZX8yMGb5/8tJNsqA+n0orDAoGAFwdoXDD8JKenXlcG7+00gm0cqCgIwkFtV9g7/U0c04d7' +
    'XBaMQCqj0gPeshMRW60cKxQZ3Am4oy7vxB6Injemtk1D2xc27duvMPl+rxwKOOW8oXnedxjemnGTpwgLUbjEwAgQ' +
    'j9lMZlQVoHfelq1vdDGeQSK8G7Q53/Q3BQdzK1w=',
)

/** A self-signed certificate of it, PEM. */
export const otherRsaCertificate = pem(
  'CERTIFICATE',

  'MIIDGTCCAgGgAwIBAgIUanUVwgqHbXLubbaNNNlvsdF6YNgwDQYJKoZIhvcNAQELBQAwGzEZMBcGA1UEAwwQc25z' +
    'LmV4YW1wbGUudGVzdDAgFw0yNjExMjIwMTA3MDlaGA8yMTI2MTAyOTAxMDcwOVowGzEZMBcGA1UEAwwQc25zLmV4' +
    'YW1wbGUudGVzdDCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAM+cHllmmHBbNf+WKYak0A04K5N86ER8' +
    'A3WHnPPOoCiK5bf/KNr+Bprd/GJFv8an8vtFTnZgXPXfk04UGcpLWyUCm3R9thEHYKCrG/XtzkSLPbL8du+1LfDO' +
    'aHNBwIf61CbWVkS2c72c2PXvQ0WpvJZqaEISXeC7gJ97WIMWXHAUpMRg+Wsxn64YzAeuMIMMolaotWcOfzUKG4aO' +
    'MkQzEQLiGwN38NGNofCavb/HvXgx8KIBkvVGfcjxLX5Y3rxFYFtHyLRv3ZoXojxSBx7vyrlsqrp+q2UKBvgpS/ua' +
    '2PtD4Ge9ARTA3gh4XPrnZ1MZ3o/d6wdZXlXfR6WNcxUcpdECAwEAAaNTMFEwHQYDVR0OBBYEFNWuK2FirkDEUpVP' +
    '4LsWO/K5K7kVMB8GA1UdIwQYMBaAFNWuK2FirkDEUpVP4LsWO/K5K7kVMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZI' +
    'hvcNAQELBQADggEBAEihYsXdt+tNUch1W5/wrd2w9gXldjYfaFgQsCyR+HI1MFVqqq+pvB/J1mACoBNHvnNliQd5' +
    'JbL9MxVZ9t9EnwI8OfuZYB959wXfEuDJAbCxZJCjJqOphXZP9u7GGdQ3Aqr29XrOJzga7E6MbySxXGcYimJm3npj' +
    '3CyinVszTHT/pdBGF01ZznpJjzZ3q+Qmx2bn1cnAU+8bzCcH8QqfUylvhqrqrk7ulYacgum1qMjo/1NHTN2f9/BI' +
    'okbao/Vfk9AggFuJf1YpIQ1FUcaE6nuJfTne4nylxgOI/iHBsLjfT2YlGD9wCNSJM2RC2QchOvLlowSAQY7UZ5dW' +
    '8fOQWJc=',
)

function keyOf(spki: string, pkcs8: string): TestKey {
  const der = Buffer.from(spki, 'base64')
  const hex = der.byteLength === 44 ? der.subarray(12).toString('hex') : ''
  return { pem: pem('PUBLIC KEY', spki), spki, hex, pkcs8 }
}

function pem(label: string, base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
