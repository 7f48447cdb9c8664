import { keyFunction, publicKeyFunctions } from './java-keys.ts'
import type { Plan } from './plan.ts'
import { lines } from './text.ts'

const refused = `static final class Refused extends Exception {
    final int status;

    Refused(int status, String message) {
        super(message);
        this.status = status;
    }
}`

const helpers: readonly (readonly [string, string])[] = [
  [
    'required',
    `static String required(String text, String what) throws Refused {
    if (text.isEmpty()) throw new Refused(400, "Missing: " + what + ".");
    return text;
}`,
  ],
  [
    'setting',
    `static String setting(String name) {
    return System.getenv().getOrDefault(name, "");
}`,
  ],
  [
    'firstOf',
    `static String firstOf(String... texts) {
    return Arrays.stream(texts).filter(text -> !text.isEmpty()).findFirst().orElse("");
}`,
  ],
  [
    'formValues',
    `static Map<String, String> formValues(String text) {
    Map<String, String> values = new HashMap<>();
    for (String pair : (text == null ? "" : text).split("&")) {
        String[] parts = pair.split("=", 2);
        String value = parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "";
        values.putIfAbsent(URLDecoder.decode(parts[0], UTF_8), value);
    }
    return values;
}`,
  ],
  [
    'decodeJson',
    `/** A part of a JSON Web Token. */
static JsonNode decodeJson(String part) throws Refused {
    try {
        return parseJson(Base64.getUrlDecoder().decode(part));
    } catch (IllegalArgumentException exception) {
        throw new Refused(400, "That is not a JSON Web Token.");
    }
}`,
  ],
  [
    'parseJson',
    `static JsonNode parseJson(byte[] json) throws Refused {
    try {
        return new ObjectMapper().readTree(json);
    } catch (IOException exception) {
        throw new Refused(400, "That is not JSON.");
    }
}`,
  ],
  [
    'compactJson',
    `/** Drops blanks: the sender signs JSON without them. Nothing at all counts as {}. */
static String compactJson(byte[] body) {
    if (body.length == 0) return "{}";
    return new String(body, UTF_8).replaceAll("(\\"(?:[^\\"\\\\\\\\]|\\\\\\\\.)*+\\")|\\\\s+", "$1");
}`,
  ],
  [
    'crc32',
    `static String crc32(byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body);
    return Long.toString(crc.getValue());
}`,
  ],
  [
    'hmac',
    `static byte[] hmac(String algorithm, byte[] key, byte[] content) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    return mac.doFinal(content);
}`,
  ],
  [
    'digest',
    `static byte[] digest(String algorithm, byte[] content) throws GeneralSecurityException {
    return MessageDigest.getInstance(algorithm).digest(content);
}`,
  ],
  [
    'concat',
    `static byte[] concat(byte[]... stretches) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] stretch : stretches) all.writeBytes(stretch);
    return all.toByteArray();
}`,
  ],
]

function secondsOf({ age }: Plan): string {
  const numeric = age && (age.unit === 's' || age.unit === 'ms' || age.unit === 's-or-ms')
  const parsed =
    age?.unit === 'http-date'
      ? 'ZonedDateTime.parse(timestamp, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond()'
      : 'OffsetDateTime.parse(timestamp).toInstant().toEpochMilli() / 1000.0'
  return lines(
    'static double secondsOf(String timestamp) throws Refused {',
    numeric &&
      lines(
        '    if (!timestamp.matches("[0-9]{1,16}")) throw new Refused(400, "The timestamp is not a whole number.");',
        '    return Long.parseLong(timestamp);',
      ),
    age?.unit === 'any' &&
      lines(
        '    if (timestamp.matches("[0-9]{1,16}")) {',
        '        return Long.parseLong(timestamp) / (timestamp.length() > 11 ? 1000.0 : 1);',
        '    }',
      ),
    !numeric &&
      lines(
        '    try {',
        `        return ${parsed};`,
        '    } catch (DateTimeException exception) {',
        '        throw new Refused(400, "The timestamp cannot be read.");',
        '    }',
      ),
    '}',
  )
}

/** The class and functions that the code calls. */
export function javaHelpers(plan: Plan, code: string): string[] {
  const special = [
    ...(code.includes('secondsOf(') ? [secondsOf(plan)] : []),
    ...(code.includes('keysOf(') ? [keyFunction(plan)] : []),
    ...(code.includes('publicKey(') ? [publicKeyFunctions(plan)] : []),
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
  return [
    refused,
    ...special,
    ...helpers.filter(([name]) => wanted.has(name)).map(([, text]) => text),
  ]
}

const classes: readonly string[] = [
  'com.fasterxml.jackson.databind.JsonNode',
  'com.fasterxml.jackson.databind.ObjectMapper',
  'jakarta.servlet.http.HttpServletRequest',
  'java.io.ByteArrayInputStream',
  'java.io.ByteArrayOutputStream',
  'java.io.IOException',
  'java.io.InputStream',
  'java.net.URI',
  'java.net.URLDecoder',
  'java.security.GeneralSecurityException',
  'java.security.KeyFactory',
  'java.security.MessageDigest',
  'java.security.PublicKey',
  'java.security.Signature',
  'java.security.SignatureException',
  'java.security.cert.CertificateFactory',
  'java.security.spec.MGF1ParameterSpec',
  'java.security.spec.PSSParameterSpec',
  'java.security.spec.X509EncodedKeySpec',
  'java.text.Normalizer',
  'java.time.DateTimeException',
  'java.time.Instant',
  'java.time.OffsetDateTime',
  'java.time.ZonedDateTime',
  'java.time.format.DateTimeFormatter',
  'java.util.ArrayList',
  'java.util.Arrays',
  'java.util.Base64',
  'java.util.Collections',
  'java.util.HashMap',
  'java.util.HexFormat',
  'java.util.List',
  'java.util.Map',
  'java.util.function.UnaryOperator',
  'java.util.stream.Stream',
  'java.util.zip.CRC32',
  'javax.crypto.Mac',
  'javax.crypto.spec.SecretKeySpec',
  'org.springframework.http.ResponseEntity',
  'org.springframework.web.bind.annotation.PostMapping',
  'org.springframework.web.bind.annotation.RequestMapping',
]

/** The imports that the code needs, in the order of the alphabet. */
export function javaImports(code: string): string {
  const found = classes.filter((name) =>
    new RegExp(`(?<![\\w."])${name.replace(/^.*\./, '')}\\b`).test(code),
  )
  return lines(
    code.includes('UTF_8') && 'import static java.nio.charset.StandardCharsets.UTF_8;\n',
    ...[...found, 'org.springframework.web.bind.annotation.RestController']
      .sort()
      .map((name) => `import ${name};`),
  )
}
