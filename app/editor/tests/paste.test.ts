import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { markdownOf } from "../src/convert.ts";
import { BODY_MAX } from "../src/document.ts";
import { blocksOf, cleanHtml } from "../src/paste.ts";
import { schema } from "../src/schema.ts";

const pasted = (html: string): string => markdownOf(schema.nodes.doc!.create(null, blocksOf(html)));

test("from Word: lists, headings and emphasis, without its markup", () => {
  const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm; font-family:Calibri} @list l0 {mso-list-id:1} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=NL style='tab-interval:35.4pt'><!--StartFragment-->
<h1><span style='font-size:16.0pt'>Schoolreis<o:p></o:p></span></h1>
<p class=MsoNormal>Beste ouders, we gaan <b><span style='color:red'>donderdag</span></b> op
<i style='mso-bidi-font-style:normal'>schoolreis</i>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>laarzen<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span></span><![endif]>regenjas</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>eerst eten</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>dan weg</p>
<!--EndFragment--></body></html>`;
  assert.equal(pasted(html), "## Schoolreis\n\nBeste ouders, we gaan **donderdag** op *schoolreis*.\n\n- laarzen\n- regenjas\n\n1. eerst eten\n2. dan weg");
});

test("from Google Docs: the bold around everything is none, heavy spans are", () => {
  const html = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a2b"><p dir="ltr" style="line-height:1.38;margin-top:0pt"><span style="font-size:11pt;font-weight:400;font-style:normal;white-space:pre-wrap;">Morgen is het </span><span style="font-size:11pt;font-weight:700;">feest</span><span style="font-style:italic;font-weight:400"> om tien uur</span><span style="font-weight:400">.</span></p><br /><h2 dir="ltr"><span style="font-weight:400">Meenemen</span></h2><ul style="margin-top:0"><li dir="ltr" style="list-style-type:disc" aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400">een bord</span></p></li><ul><li><p><span>en bestek</span></p></li></ul><li><p><span><a href="https://www.example.nl/lijst" style="text-decoration:none">de lijst</a></span></p></li></ul></b><br class="Apple-interchange-newline">`;
  assert.equal(pasted(html), "Morgen is het **feest** *om tien uur*.\n\n## Meenemen\n\n- een bord\n- en bestek\n- [de lijst](<https://www.example.nl/lijst>)");
});

test("from web pages: scripts, styles and comments are dropped, tables become paragraphs", () => {
  const html = `<div class="article"><style>p{color:red}</style><script>alert(1)</script><!-- weg --><h3>Kop</h3><div>Eén regel<br>en nog een</div>
    <table><tbody><tr><th>Dag</th><th>Wat</th></tr><tr><td><p>maandag</p></td><td>gym &amp; muziek</td></tr></tbody></table>
    <blockquote><p>Een citaat</p></blockquote><pre>een\n  twee</pre><p style="display:none">verborgen</p>
    <img src="https://t.example/p.gif" alt="x" onerror="alert(1)"><iframe src="https://t.example"></iframe>
    <p>los <strong>vet <em>en schuin</em></strong></p><svg><text>x</text></svg></div>`;
  assert.equal(pasted(html), "### Kop\n\nEén regel\nen nog een\n\n**Dag \\| Wat**\n\nmaandag | gym \\& muziek\n\n> Een citaat\n\neen\ntwee\n\nlos **vet *en schuin***".replace("**Dag \\| Wat**", "Dag | Wat"));
});

test("links that are not what they seem lose their address", () => {
  const html = `<p><a href="javascript:alert(1)">a</a> <a href="data:text/html,x">b</a> <a href=" JAVASCRIPT:x ">c</a> <a href="/d">d</a> <a href="mailto:e@x.example">e</a></p>`;
  assert.equal(pasted(html), "a b c d [e](<mailto:e@x.example>)");
});

test("words alone stay within the line", () => {
  assert.equal(cleanHtml("<span>een <b>woord</b></span>"), "<p>een <strong>woord</strong></p>");
  assert.equal(cleanHtml(""), "");
});

test("what was copied here comes back as it was", () => {
  const own = `<p data-pm-slice="1 1 []">a <span data-group="01980000-0000-7000-8000-000000000001">Groep 3</span></p>`;
  assert.equal(cleanHtml(own), own);
});

test("two megabytes are cut at the limits", () => {
  const html = `<p class="MsoNormal" style="margin:0"><span style="font-weight:700">Een regel tekst van een heel lang stuk.</span></p>`.repeat(18_000);
  assert.ok(html.length > 2_000_000);
  const text = blocksOf(html).map((block) => block.textContent).join("");
  assert.ok(text.length <= BODY_MAX);
});
