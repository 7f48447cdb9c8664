import type { KeyForm } from '#contract/scheme.ts'
import type { Plan } from './plan.ts'
import { indent, lines } from './text.ts'
import { keyForms } from './words.ts'

const base64 = (text: string) => `Base64.getDecoder().decode(${text})`
const keyExpressions: Record<KeyForm, string> = {
  utf8: 'secret.getBytes(UTF_8)',
  'utf8-nfkd': 'Normalizer.normalize(secret, Normalizer.Form.NFKD).getBytes(UTF_8)',
  hex: 'HexFormat.of().parseHex(secret)',
  base64: base64('secret'),
  base64url: 'Base64.getUrlDecoder().decode(secret)',
  'base64-after-whsec': base64('secret.replaceFirst("^whsec_", "")'),
  'base64-after-whsec-else-utf8': `secret.startsWith("whsec_") ? ${base64('secret.substring(6)')} : secret.getBytes(UTF_8)`,
  'base64-after-last-underscore': base64('secret.substring(secret.lastIndexOf("_") + 1)'),
  'sha1-of-utf8': 'digest("SHA-1", secret.getBytes(UTF_8))',
  'public-key': 'secret.getBytes(UTF_8)',
}

export function keyFunction({ proof }: Plan): string {
  if (proof.kind !== 'hmac') return ''
  return lines(
    '/** The bytes that the secret stands for; none when it is not written as it must be. */',
    'static List<byte[]> keysOf(String secret) throws GeneralSecurityException {',
    '    List<byte[]> keys = new ArrayList<>();',
    ...proof.keys.map((form) => {
      const add = `keys.add(${keyExpressions[form]});`
      return /decode\(|parseHex/.test(add)
        ? `    try {\n        ${add}\n    } catch (IllegalArgumentException exception) {\n        // Not written that way.\n    }`
        : `    ${add}`
    }),
    '    keys.removeIf(key -> key.length == 0);',
    '    return keys;',
    '}',
  )
}

export function publicKeyFunctions({ proof, signature }: Plan): string {
  const p1363 = proof.kind === 'ecdsa' && proof.signature === 'p1363'
  const algorithm =
    proof.kind === 'ed25519'
      ? 'Ed25519'
      : proof.kind === 'rsa'
        ? proof.pss
          ? 'RSASSA-PSS'
          : `${proof.digest.toUpperCase()}withRSA`
        : `SHA256withECDSA${p1363 ? 'inP1363Format' : ''}`
  const family = proof.kind === 'ed25519' ? 'Ed25519' : proof.kind === 'rsa' ? 'RSA' : 'EC'
  const decode =
    signature.encoding === 'base64'
      ? 'Base64.getDecoder().decode(signature)'
      : signature.encoding === 'base64url'
        ? 'Base64.getUrlDecoder().decode(signature)'
        : 'HexFormat.of().parseHex(signature)'
  const encoder =
    signature.encoding === 'base64'
      ? 'Base64.getEncoder().encodeToString(bytes).equals(signature) && '
      : ''
  return lines(
    'static boolean matches(PublicKey key, String signature, byte[] content) throws GeneralSecurityException {',
    '    try {',
    `        byte[] bytes = ${decode};`,
    `        Signature verifier = Signature.getInstance("${algorithm}");`,
    proof.kind === 'rsa' &&
      proof.pss &&
      '        verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));',
    '        verifier.initVerify(key);',
    '        verifier.update(content);',
    `        return ${encoder}verifier.verify(bytes);`,
    '    } catch (IllegalArgumentException | SignatureException exception) {',
    '        return false;',
    '    }',
    '}\n',
    `/** Reads a key in PEM${keyForms(proof.kind)} or DER in base64. */`,
    'static PublicKey publicKey(String text) throws Exception {',
    indent(
      lines(
        proof.kind === 'rsa' &&
          lines(
            'if (text.contains("BEGIN CERTIFICATE")) {',
            '    InputStream certificate = new ByteArrayInputStream(text.getBytes(UTF_8));',
            '    return CertificateFactory.getInstance("X.509").generateCertificate(certificate).getPublicKey();',
            '}',
          ),
        'String base64 = text.replaceAll("-----[^-]+-----|\\\\s", "");',
        proof.kind === 'ed25519' &&
          lines(
            'if (base64.startsWith("{")) base64 = new ObjectMapper().readTree(base64).path("x").asText();',
            'boolean hex = base64.matches("[0-9a-fA-F]{64}");',
            'byte[] der = hex',
            '    ? HexFormat.of().parseHex(base64)',
            '    : Base64.getDecoder().decode(base64.replaceFirst("^whpk_", "").replace("-", "+").replace("_", "/"));',
            'byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");',
            'if (der.length == 32) der = concat(prefix, der);',
          ),
        proof.kind === 'ecdsa' &&
          lines(
            'byte[] der;',
            'if (base64.startsWith("{")) {',
            '    JsonNode jwk = new ObjectMapper().readTree(base64);',
            '    byte[] prefix = HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");',
            '    byte[] x = Base64.getUrlDecoder().decode(jwk.path("x").asText());',
            '    der = concat(prefix, x, Base64.getUrlDecoder().decode(jwk.path("y").asText()));',
            '} else {',
            '    der = Base64.getDecoder().decode(base64);',
            '}',
          ),
        proof.kind === 'rsa' && 'byte[] der = Base64.getDecoder().decode(base64);',
        `return KeyFactory.getInstance("${family}").generatePublic(new X509EncodedKeySpec(der));`,
      ),
      4,
    ),
    '}',
  )
}
