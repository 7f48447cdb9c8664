import type { KeyForm } from '#contract/scheme.ts'
import type { Plan } from './plan.ts'
import { indent, lines } from './text.ts'
import { keyForms } from './words.ts'

const helpers: readonly (readonly [string, string])[] = [
  [
    'Required',
    `static string Required(string text, string what) =>
    text != "" ? text : throw new Refused(400, $"Missing: {what}.");`,
  ],
  [
    'FirstOf',
    `static string FirstOf(params string[] texts) => texts.FirstOrDefault(text => text != "") ?? "";`,
  ],
  [
    'NumberAt',
    `static string NumberAt(JsonElement element, string name) =>
    element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement member)
        && member.ValueKind == JsonValueKind.Number
            ? member.GetRawText()
            : "";`,
  ],
  [
    'TextAt',
    `/// <summary>The text or number at a path in parsed JSON, as text; empty when there is none.</summary>
static string TextAt(JsonElement element, params object[] path)
{
    foreach (object step in path)
    {
        if (step is string name && element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member))
            element = member;
        else if (step is int index && element.ValueKind == JsonValueKind.Array && index < element.GetArrayLength())
            element = element[index];
        else
            return "";
    }
    return element.ValueKind switch
    {
        JsonValueKind.String => element.GetString() ?? "",
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => "",
    };
}`,
  ],
  [
    'DecodeJson',
    `/// <summary>A part of a JSON Web Token.</summary>
static JsonElement DecodeJson(string part)
{
    try
    {
        string base64 = part.Replace('-', '+').Replace('_', '/');
        return ParseJson(Convert.FromBase64String(base64.PadRight((part.Length + 3) / 4 * 4, '=')));
    }
    catch (FormatException)
    {
        throw new Refused(400, "That is not a JSON Web Token.");
    }
}`,
  ],
  [
    'ParseJson',
    `static JsonElement ParseJson(byte[] json)
{
    try
    {
        return JsonDocument.Parse(json).RootElement;
    }
    catch (JsonException)
    {
        throw new Refused(400, "That is not JSON.");
    }
}`,
  ],
  [
    'CompactJson',
    `/// <summary>Drops blanks: the sender signs JSON without them. Nothing at all counts as {}.</summary>
static string CompactJson(byte[] body) =>
    body.Length == 0 ? "{}" : Regex.Replace(Encoding.UTF8.GetString(body), @"(""(?:[^""\\\\]|\\\\.)*"")|\\s+", "$1");`,
  ],
  [
    'Same',
    `/// <summary>Compares in a time that does not tell where the texts differ.</summary>
static bool Same(string a, string b) =>
    CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));`,
  ],
  ['Hex', `static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();`],
  [
    'Base64Url',
    `static string Base64Url(byte[] bytes) =>
    Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');`,
  ],
  [
    'FromBase64',
    `/// <summary>Base64 of either alphabet, with or without padding.</summary>
static byte[] FromBase64(string text)
{
    string bare = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
    return Convert.FromBase64String(bare.PadRight((bare.Length + 3) / 4 * 4, '='));
}`,
  ],
]

const whsec = 'FromBase64(Regex.Replace(secret, "^whsec_", ""))'
const keyExpressions: Record<KeyForm, string> = {
  utf8: 'Encoding.UTF8.GetBytes(secret)',
  'utf8-nfkd': 'Encoding.UTF8.GetBytes(secret.Normalize(NormalizationForm.FormKD))',
  hex: 'Convert.FromHexString(secret)',
  base64: 'FromBase64(secret)',
  base64url: 'FromBase64(secret)',
  'base64-after-whsec': whsec,
  'base64-after-whsec-else-utf8': `secret.StartsWith("whsec_", StringComparison.Ordinal) ? ${whsec} : Encoding.UTF8.GetBytes(secret)`,
  'base64-after-last-underscore': "FromBase64(secret[(secret.LastIndexOf('_') + 1)..])",
  'sha1-of-utf8': 'SHA1.HashData(Encoding.UTF8.GetBytes(secret))',
  'public-key': 'Encoding.UTF8.GetBytes(secret)',
}

function keyFunction({ proof }: Plan): string {
  if (proof.kind !== 'hmac') return ''
  return lines(
    '/// <summary>The bytes that the secret stands for; none when it is not written as it must be.</summary>',
    'static List<byte[]> KeysOf(string secret)',
    '{',
    '    var keys = new List<byte[]>();',
    ...proof.keys.map((form) => {
      const add = `keys.Add(${keyExpressions[form]});`
      return /From(?:Base64|HexString)/.test(add)
        ? `    try\n    {\n        ${add}\n    }\n    catch (FormatException)\n    {\n        // Not written that way.\n    }`
        : `    ${add}`
    }),
    '    return keys.Where(key => key.Length > 0).ToList();',
    '}',
  )
}

function matchesFunction({ proof, signature }: Plan): string {
  const bytes =
    signature.encoding === 'base64'
      ? 'Convert.FromBase64String(signature)'
      : signature.encoding === 'base64url'
        ? 'FromBase64(signature)'
        : 'Convert.FromHexString(signature)'
  const hash = proof.kind === 'rsa' && proof.digest === 'sha1' ? 'SHA1' : 'SHA256'
  const how =
    proof.kind === 'rsa'
      ? `RSASignaturePadding.${proof.pss ? 'Pss' : 'Pkcs1'}`
      : `DSASignatureFormat.${proof.kind === 'ecdsa' && proof.signature === 'p1363' ? 'IeeeP1363FixedFieldConcatenation' : 'Rfc3279DerSequence'}`
  return lines(
    'static bool Matches(string publicKey, string signature, byte[] content)',
    '{',
    '    byte[] bytes;',
    '    try',
    '    {',
    `        bytes = ${bytes};`,
    '    }',
    '    catch (FormatException)',
    '    {',
    '        return false;',
    '    }',
    proof.kind === 'ed25519'
      ? lines(
          '    var verifier = new Ed25519Signer();',
          '    verifier.Init(false, new Ed25519PublicKeyParameters(PublicKey(publicKey)));',
          '    verifier.BlockUpdate(content, 0, content.Length);',
          '    return verifier.VerifySignature(bytes);',
        )
      : lines(
          `    using ${proof.kind === 'rsa' ? 'RSA' : 'ECDsa'} key = PublicKey(publicKey);`,
          `    return key.VerifyData(content, bytes, HashAlgorithmName.${hash}, ${how});`,
        ),
    '}',
  )
}

function publicKeyFunction({ proof }: Plan): string {
  const type = proof.kind === 'ed25519' ? 'byte[]' : proof.kind === 'rsa' ? 'RSA' : 'ECDsa'
  const bare = 'Regex.Replace(text, @"-----[^-]+-----|\\s", "")'
  const body =
    proof.kind === 'ed25519'
      ? lines(
          'if (Regex.IsMatch(text, "^[0-9a-fA-F]{64}$")) return Convert.FromHexString(text);',
          'if (text.StartsWith(\'{\')) text = JsonDocument.Parse(text).RootElement.GetProperty("x").GetString() ?? "";',
          `return FromBase64(Regex.Replace(text, @"-----[^-]+-----|\\s|^whpk_", ""))[^32..];`,
        )
      : proof.kind === 'rsa'
        ? lines(
            'if (text.Contains("BEGIN CERTIFICATE"))',
            '    return X509Certificate2.CreateFromPem(text).GetRSAPublicKey()!;',
            'var key = RSA.Create();',
            `key.ImportSubjectPublicKeyInfo(FromBase64(${bare}), out _);`,
            'return key;',
          )
        : lines(
            "if (text.StartsWith('{'))",
            '{',
            '    JsonElement jwk = JsonDocument.Parse(text).RootElement;',
            '    byte[] Half(string name) => FromBase64(jwk.GetProperty(name).GetString() ?? "");',
            '    return ECDsa.Create(new ECParameters',
            '    {',
            '        Curve = ECCurve.NamedCurves.nistP256,',
            '        Q = new ECPoint { X = Half("x"), Y = Half("y") },',
            '    });',
            '}',
            'var key = ECDsa.Create();',
            `key.ImportSubjectPublicKeyInfo(FromBase64(${bare}), out _);`,
            'return key;',
          )
  return lines(
    `/// <summary>Reads a key in PEM${keyForms(proof.kind)} or DER in base64.</summary>`,
    `static ${type} PublicKey(string text)`,
    '{',
    indent(body, 4),
    '}',
  )
}

function secondsOf({ age }: Plan): string {
  const numeric = age && (age.unit === 's' || age.unit === 'ms' || age.unit === 's-or-ms')
  const number = 'Regex.IsMatch(timestamp, "^[0-9]{1,16}$")'
  const parsed = 'double.Parse(timestamp, CultureInfo.InvariantCulture)'
  return lines(
    'static double SecondsOf(string timestamp)',
    '{',
    numeric &&
      lines(
        `    if (!${number}) throw new Refused(400, "The timestamp is not a whole number.");`,
        `    return ${parsed};`,
      ),
    age?.unit === 'any' &&
      `    if (${number}) return ${parsed} / (timestamp.Length > 11 ? 1000 : 1);`,
    !numeric &&
      lines(
        '    const DateTimeStyles style = DateTimeStyles.AssumeUniversal;',
        '    if (!DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, style, out DateTimeOffset moment))',
        '        throw new Refused(400, "The timestamp cannot be read.");',
        '    return moment.ToUnixTimeMilliseconds() / 1000.0;',
      ),
    '}',
  )
}

/** The functions that the code calls. */
export function csharpHelpers(plan: Plan, code: string): string[] {
  const special = [
    ...(code.includes('SecondsOf(') ? [secondsOf(plan)] : []),
    ...(code.includes('KeysOf(') ? [keyFunction(plan)] : []),
    ...(code.includes('Matches(') ? [matchesFunction(plan), publicKeyFunction(plan)] : []),
  ]
  let all = [code, ...special].join('\n')
  const wanted = new Set<string>()
  for (let before = -1; before !== wanted.size;) {
    before = wanted.size
    for (const [name, text] of helpers) {
      if (wanted.has(name) || !new RegExp(`(?<![.\\w])${name}\\(`).test(all)) continue
      wanted.add(name)
      all += text
    }
  }
  return [...special, ...helpers.filter(([name]) => wanted.has(name)).map(([, text]) => text)]
}

const namespaces: readonly (readonly [string, RegExp])[] = [
  ['Microsoft.AspNetCore.Http.Extensions', /GetEncodedPathAndQuery/],
  ['Microsoft.AspNetCore.WebUtilities', /QueryHelpers/],
  ['Org.BouncyCastle.Crypto.Parameters', /Ed25519PublicKeyParameters/],
  ['Org.BouncyCastle.Crypto.Signers', /Ed25519Signer/],
  ['System.Globalization', /CultureInfo/],
  ['System.IO.Hashing', /Crc32/],
  ['System.Security.Cryptography', /HashData|CryptographicOperations|ECDsa|RSA/],
  ['System.Security.Cryptography.X509Certificates', /X509Certificate2/],
  ['System.Text', /Encoding\.|NormalizationForm/],
  ['System.Text.Json', /Json(?:Element|Document)/],
  ['System.Text.RegularExpressions', /Regex/],
]

/** The namespaces that the code needs and that a web project does not import by itself. */
export function csharpUsings(code: string): string {
  return namespaces
    .filter(([, pattern]) => pattern.test(code))
    .map(([name]) => `using ${name};`)
    .join('\n')
}
