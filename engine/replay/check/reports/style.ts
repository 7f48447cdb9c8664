/** Of the page that a report is; light and dark by what the reader's system says. */
export const reportStyle = `
:root{--bg:#fff;--soft:#f6f7f9;--line:#dfe2e8;--text:#1b1f27;--dim:#5b6474;--bad:#b3261e;--ok:#1a7f45;--warn:#8a5a00;--sdk:#6b3fb5}
@media (prefers-color-scheme:dark){:root{--bg:#14171d;--soft:#1c2028;--line:#323845;--text:#e7eaf0;--dim:#a0a9b8;--bad:#ff8a80;--ok:#62d08f;--warn:#f0bb5a;--sdk:#c2a3ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
h1{font-size:1.75rem;line-height:1.2;margin:.25rem 0 .25rem;letter-spacing:-.01em}
h2{font-size:1.1rem;margin:2.25rem 0 .5rem}
h3{font-size:.75rem;font-weight:600;color:var(--dim);margin:0 0 .25rem}
.kind,.counts,.id,footer,figcaption span{color:var(--dim)}
.kind,.counts{margin:0}
.problem{border:1px solid var(--bad);border-radius:.5rem;padding:.6rem .8rem;margin:1rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.25rem;margin:.9rem 0}
dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
details{border-top:1px solid var(--line);padding:.1rem 0}
section details:last-child{border-bottom:1px solid var(--line)}
details>:not(summary){margin-left:9.5rem}
summary{display:flex;gap:.5rem;padding:.5rem 0;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary:focus-visible{outline:2px solid var(--sdk);outline-offset:2px;border-radius:.25rem}
.mark{flex:0 0 9rem;font-weight:600;white-space:nowrap;color:var(--dim)}
.failed .mark{color:var(--bad)}.passed .mark{color:var(--ok)}.unsure .mark{color:var(--warn)}.sdk-choice .mark{color:var(--sdk)}
.skipped .title{color:var(--dim)}
figure{margin:0 0 1rem}
figcaption{margin-bottom:.35rem;font-weight:500}figcaption span{font-weight:400;margin-left:.5rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:.75rem}
.pair>div{min-width:0}
code,pre{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{background:var(--soft);border-radius:.25rem;padding:.1em .3em}
pre{margin:0;background:var(--soft);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .75rem;max-height:22rem;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.id{margin-top:.25rem;margin-bottom:.75rem}
footer{margin-top:2.5rem;font-size:.85rem}
@media (max-width:40rem){details>:not(summary){margin-left:0}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}summary{flex-wrap:wrap}}
@media print{details:not([open])>:not(summary){display:none}pre{max-height:none}}
`
