/** How a report looks: light or dark as the reader's system is, readable on a phone and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1d2430;--soft:#5b6675;--paper:#fff;--line:#dde3ea;--tint:#eef3f8;--accent:#2563a8;--mark:#b4540a}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#9aa6b5;--paper:#14181f;--line:#2b333f;--tint:#1d242e;--accent:#7db2ec;--mark:#f0a35e}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
main{max-width:62rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 1rem}h2{font-size:1.25rem;margin:2.5rem 0 .25rem}h3{font-size:1rem}
p{color:var(--soft);margin:.25rem 0 .75rem;max-width:48rem}
.facts{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem}
.facts li{background:var(--tint);border-radius:.5rem;padding:.75rem 1rem;color:var(--soft);font-size:.9rem}
.facts strong{display:block;color:var(--ink);font-size:1.35rem}
figure{margin:0}figcaption,.more{color:var(--soft);font-size:.85rem}
svg{width:100%;height:auto}polygon{fill:var(--tint)}polyline{fill:none;stroke:var(--accent);stroke-width:2;vector-effect:non-scaling-stroke}
svg line{stroke:var(--soft);stroke-width:1.5}svg .g1{stroke:var(--accent)}svg .g2{stroke:var(--mark);stroke-width:2.5}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}
th{text-align:left;color:var(--soft);font-weight:600}th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
td.n{font-variant-numeric:tabular-nums;text-align:right;white-space:nowrap}
td[style]{background:linear-gradient(90deg,var(--tint) var(--share),transparent var(--share))}
pre{background:var(--tint);border-radius:.5rem;padding:.75rem 1rem;overflow-x:auto;font-size:.85rem;line-height:1.45}
summary{cursor:pointer;margin:.75rem 0 .25rem}details p.advice{color:var(--mark)}
dt{font-weight:600}dd{margin:0 0 .5rem;color:var(--soft)}
@media print{details{break-inside:avoid}}`;
