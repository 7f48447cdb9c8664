import { allNodes, type CommandNode } from '#cli/reference/command-tree.ts'
import type { CompletionData } from './completion-data.ts'
import { valuedOptions } from './valued-options.ts'

/** What the script looks up, as JSON: nothing in it is code. */
function lookedUp({ path, commands, options, arguments: [first] }: CommandNode) {
  return [
    ['countersign', ...path].join(' '),
    {
      commands: commands.map((child) => ({ name: child.path.at(-1), text: child.description })),
      options: options.map(({ long, description }) => ({ name: long, text: description })),
      values: Object.fromEntries(
        options.flatMap(({ long, takes, values }) => (takes === 'none' ? [] : [[long, values]])),
      ),
      argument: first?.values ?? { kind: 'text' },
    },
  ] as const
}

/** For Windows PowerShell 5.1 and PowerShell 7. */
export function powershellScript({ tree, schemeIds }: CompletionData): string {
  const data = {
    schemes: schemeIds,
    valued: valuedOptions(tree),
    nodes: Object.fromEntries(allNodes(tree).map(lookedUp)),
  }
  // One line of JSON: only '@ at the beginning of a line would end the here-string.
  return [
    '# PowerShell completion for countersign, made by: countersign completion powershell',
    '',
    "$global:CountersignData = @'",
    JSON.stringify(data),
    "'@ | ConvertFrom-Json",
    '',
    ...BLOCK,
    '',
  ].join('\n')
}

const BLOCK = [
  'Register-ArgumentCompleter -Native -CommandName countersign -ScriptBlock {',
  '    param($wordToComplete, $commandAst, $cursorPosition)',
  '    $data = $global:CountersignData',
  '    $words = @($commandAst.CommandElements |',
  '        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })',
  "    $path = 'countersign'",
  "    $last = ''",
  '    $skip = $false',
  '    foreach ($word in @($words | Select-Object -Skip 1)) {',
  '        $last = $word',
  '        if ($skip) { $skip = $false; continue }',
  "        if ($word -like '-*') { $skip = $data.valued -ccontains $word; continue }",
  '        $names = @($data.nodes.$path.commands | ForEach-Object { $_.name })',
  '        if ($names -ccontains $word) { $path = "$path $word" }',
  '    }',
  '    $node = $data.nodes.$path',
  '    $offers = @()',
  '    $values = $null',
  '    if ($skip) { $values = $node.values.$last }',
  "    elseif ($wordToComplete -like '-*') { $offers = @($node.options) }",
  '    elseif (@($node.commands).Count -gt 0) { $offers = @($node.commands) }',
  '    else { $values = $node.argument }',
  '    $plain = switch ($values.kind) {',
  "        'choices' { $values.choices }",
  "        'scheme' { $data.schemes }",
  "        'endpoint' { & $words[0] completion endpoints 2>$null }",
  '    }',
  '    $offers += @($plain | Where-Object { $_ } | ForEach-Object { [pscustomobject]@{ name = $_; text = $_ } })',
  '    foreach ($offer in $offers) {',
  '        $name = $offer.name',
  '        if (-not $name.StartsWith($wordToComplete)) { continue }',
  '        $written = if ($name -match \'^[\\w./:-]+$\') { $name } else { "\'" + $name.Replace("\'", "\'\'") + "\'" }',
  "        [System.Management.Automation.CompletionResult]::new($written, $name, 'ParameterValue', $offer.text)",
  '    }',
  '}',
]
