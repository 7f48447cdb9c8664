import { EventEmitter } from 'node:events'
import type { Argument, Command, Option } from 'commander'
import { argumentValues, optionValues, type Values } from './values.ts'

export interface ArgumentNode {
  name: string
  description: string
  required: boolean
  variadic: boolean
  values: Values
}

export interface OptionNode {
  short: string | null
  long: string
  /** As the help shows it: `--limit <n>`. */
  flags: string
  description: string
  /** Whether a value follows; `optional`: one may. */
  takes: 'none' | 'required' | 'optional'
  valueName: string
  mandatory: boolean
  /** As text; `null`: none, or one that says nothing. */
  defaultText: string | null
  values: Values
}

/** A command as completions, the man page and docs/cli.md describe it. */
export interface CommandNode {
  /** `['endpoints', 'add']`; empty for the program itself. */
  path: readonly string[]
  description: string
  arguments: readonly ArgumentNode[]
  options: readonly OptionNode[]
  commands: readonly CommandNode[]
  /** What its help says at the end. */
  notes: string
}

/**
 * The whole command line as data, read from the program that runs it. What depends on the machine,
 * the data directory, is left out.
 */
export function commandTree(program: Command): CommandNode {
  return nodeOf(program, [])
}

/** A node and all below it, each before what is below it. */
export function allNodes(node: CommandNode): CommandNode[] {
  return [node, ...node.commands.flatMap(allNodes)]
}

/** What can be run: not a mere group of commands. */
export function runnable(node: CommandNode): boolean {
  return node.commands.length === 0
}

/** `countersign export [options] [ids...]` */
export function usageOf(node: CommandNode): string {
  const words = node.arguments.map(({ name, required, variadic }) => {
    const text = variadic ? `${name}...` : name
    return required ? `<${text}>` : `[${text}]`
  })
  const rest = runnable(node) ? words : ['<command>']
  return ['countersign', ...node.path, '[options]', ...rest].join(' ')
}

function nodeOf(command: Command, path: readonly string[]): CommandNode {
  const help = command.createHelp()
  const children = command.commands.filter((child) => help.visibleCommands(command).includes(child))
  const where = path.join(' ')
  return {
    path,
    description: command.description(),
    arguments: command.registeredArguments.map((each) => argumentOf(each, where)),
    options: help.visibleOptions(command).map((option) => optionOf(option, where)),
    commands: children.map((child) => nodeOf(child, [...path, child.name()])),
    notes: notesOf(command),
  }
}

function argumentOf(argument: Argument, where: string): ArgumentNode {
  const { description, required, variadic } = argument
  const name = argument.name()
  return { name, description, required, variadic, values: argumentValues(argument, where) }
}

function optionOf(option: Option, where: string): OptionNode {
  const { short = null, long = '', flags, description, mandatory } = option
  return {
    ...{ short, long, flags, description, mandatory },
    takes: option.required ? 'required' : option.optional ? 'optional' : 'none',
    valueName: /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1] ?? '',
    defaultText: defaultText(option),
    values: optionValues(option, where),
  }
}

function defaultText({ long, defaultValue, negate }: Option): string | null {
  if (long === '--data-dir' || negate || Array.isArray(defaultValue)) return null
  return ['string', 'number'].includes(typeof defaultValue) ? String(defaultValue) : null
}

/** Commander keeps what stands behind the help as listeners of an event. */
function notesOf(command: Command): string {
  let notes = ''
  const write = (text: string) => void (notes += text)
  if (command instanceof EventEmitter) command.emit('afterHelp', { error: false, command, write })
  return notes.trim()
}
