/** How the menus of a delivery look. */
export const menuPopoverClass =
  'appear float-shadow max-h-96 min-w-48 overflow-y-auto rounded-md border border-line bg-raised p-1'
export const menuItemClass =
  'flex min-h-7 items-center gap-2 rounded-sm px-2 py-0.5 outline-none data-[focused]:bg-hover data-[disabled]:opacity-40'
