/** How a filter is written wherever it stands: letters of one width, none joined with the next. */
export const filterFace =
  "font-mono text-[12.5px] leading-[18px] [font-feature-settings:'calt'_0] [font-variant-ligatures:none]"
