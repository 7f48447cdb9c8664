import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '#renderer/body/json-parse.ts'
import { jsonPathAt, layOutJson } from './json-layout.ts'
import { looksLikeXml, layOutXml } from './xml-layout.ts'

function laidOut(text: string) {
  const result = parseJson(text)
  if (!result.ok) throw new Error(result.problem.sentence)
  return layOutJson(result.root)
}

describe('JSON', () => {
  it('is laid out as JSON.stringify does it, with digits and repeats kept', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        expect(laidOut(text)?.text).toBe(JSON.stringify(JSON.parse(text), null, 2))
      }),
    )
    const layout = laidOut('{"a":1.10,"b":{},"a":[]}')
    expect(layout?.text).toBe('{\n  "a": 1.10,\n  "b": {},\n  "a": []\n}')
    expect(layout?.text.slice(layout.repeated[0], layout.repeated[1])).toBe('"a"')
  })

  it('is left alone when its indents would be most of it', () => {
    expect(laidOut(`[${`${'['.repeat(900)}${']'.repeat(900)},`.repeat(100)}1]`)).toBeNull()
  })

  it('tells the path at every place', () => {
    const text = '{"a b":[1,{"c":"x,}]\\"","d":2}],"e":{}}'
    const path = (part: string) => jsonPathAt(text, text.indexOf(part))
    expect(path('"a b"')).toBe('$["a b"]')
    expect(path('1,')).toBe('$["a b"][0]')
    expect(path('"c"')).toBe('$["a b"][1].c')
    expect(path('"x,')).toBe('$["a b"][1].c')
    expect(path('2}')).toBe('$["a b"][1].d')
    expect(path('],"e"')).toBe('$["a b"]')
    expect(path('{}')).toBe('$.e')
    expect(jsonPathAt(text, 0)).toBe('$')
  })

  it('tells a path of any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(50), (text, offset) => {
        expect(jsonPathAt(text, offset)).toMatch(/^\$/)
      }),
    )
  })
})

describe('XML', () => {
  it('gets a line for each element, and nothing in it changes', () => {
    const text =
      '<?xml version="1.0"?><!-- c > d --><a x="1>2"><b>t &amp; u</b><c/><d></d><e><f>1</f></e></a>'
    expect(layOutXml(text)).toEqual({
      problem: null,
      text: [
        '<?xml version="1.0"?>',
        '<!-- c > d -->',
        '<a x="1>2">',
        '  <b>t &amp; u</b>',
        '  <c/>',
        '  <d></d>',
        '  <e>',
        '    <f>1</f>',
        '  </e>',
        '</a>',
      ].join('\n'),
    })
  })

  it('says where it stops being well formed', () => {
    expect(layOutXml('<a>\n<b></a>').problem).toMatchObject({ line: 2, column: 4 })
    expect(layOutXml('<a>').problem?.sentence).toBe('<a> is never closed.')
    expect(layOutXml('</a>').problem?.sentence).toBe('</a> closes what nothing opened.')
    expect(layOutXml('<a').problem?.sentence).toBe('This tag does not end.')
  })

  it('loses nothing but space, whatever comes', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<a>',
        '</a>',
        '<',
        '>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?',
        '"',
        "'",
        '&x;',
        '<!DOCTYPE a [',
      ),
      fc.string({ maxLength: 5 }),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('')
        expect(layOutXml(text).text.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
    )
  })

  it('takes no longer on what is made to take long', () => {
    for (const text of ['<!--', '<a "', '<a \'"', '<!a [', '<![CDATA[', '<?', '<a ']) {
      const began = performance.now()
      layOutXml(text.repeat(200_000))
      expect(performance.now() - began).toBeLessThan(3_000)
    }
  })

  it('is told by how it begins', () => {
    expect(['<a/>', ' \n<?xml?>', '<!-- -->', '\uFEFF<x>'].every(looksLikeXml)).toBe(true)
    expect(['{"a":1}', '< b', 'a<b>', '<3'].some(looksLikeXml)).toBe(false)
  })
})
