import type { Seeded } from '#test/fuzz/seeded.ts'

/** What comes over a socket or a port that is no call: of oRPC's form `{i, t, p}`, or of none. */
export function garbageFrame(chance: Seeded): string | Uint8Array {
  return chance.made<string | Uint8Array>([
    () => '',
    () => '{',
    () => 'null',
    () => '[]',
    () => '"x"',
    () => '{"i":1}',
    () => '{"i":1,"p":null}',
    () => '{"i":{},"t":99,"p":{}}',
    () => '{"i":1,"t":3,"p":null}',
    () => '{"i":1,"t":3,"p":{"e":"message","d":{"__proto__":{"polluted":1}}}}',
    () => '{"i":"x","t":4,"p":null}',
    () => '{"i":"u1","p":{"u":"http://[","b":{}}}',
    () => '{"i":"u2","p":{"u":"/status/get","m":7,"h":{"a":[1]},"b":"x"}}',
    () => '{"i":"u3","p":{"u":"/deliveries/list","b":{"json":{"a":1},"meta":[[9,"a"]]}}}',
    () =>
      '{"i":"u4","p":{"u":"/deliveries/list","b":{"json":{},"meta":[[1,"__proto__","polluted"]]}}}',
    () =>
      '{"i":"u5","p":{"u":"/deliveries/list","b":{"json":{"__proto__":{}},"meta":[[3,"__proto__","polluted"]]}}}',
    () =>
      '{"i":"u6","p":{"u":"/deliveries/list","b":{"json":{},"meta":[[1,"constructor","prototype","polluted"]]}}}',
    () => '{"i":"u7","p":{"u":"/deliveries/list?data=%ff"}}',
    () => '{"i":"u8","p":{"u":"/__proto__/constructor"}}',
    () => '{"i":"u9","p":{"u":"/constructor"}}',
    () => '{"i":"v1","p":{"u":"/deliveries/list","h":{"content-disposition":"x"},"b":1}}',
    () => '{"i":"v2","p":{"u":"/deliveries/list","h":{"content-type":"multipart/form-data"}}}',
    () => '{"i":"v3","p":{"u":"/deliveries/list","h":{"content-type":"text/event-stream"}}}',
    () => '['.repeat(100_000),
    () => new Uint8Array([255]),
    () => new Uint8Array([123, 125, 255, 1, 2, 3]),
    () => new Uint8Array(chance.many(chance.below(200), () => chance.below(256))),
  ])
}
