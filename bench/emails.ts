import type { CampaignContent } from '../drill/campaigns';

/** Nothing about the person: what remains of rendering is the way to the thread and back, and the links. */
export const sameForAll: CampaignContent = (arm) => ({
  subject: `${arm} news`,
  html: '<p>There is news.</p><p><a href="{{ unsubscribe_url }}">stop</a></p>',
});

/** About 20 KB of HTML with 42 outputs, 12 conditions and a loop of 8, three links, and the text made of it. */
export const twentyKilobytes: CampaignContent = (arm) => ({
  subject: `${arm} news for {{ first_name | default: "you" }}`,
  html: `<html><body><h1>Hello {{ first_name | default: "friend" | upcase }}</h1>
${Array.from({ length: SECTIONS }, (_, n) => section(arm, n)).join('\n')}
{% assign rows = "one,two,three,four,five,six,seven,eight" | split: "," %}
<ul>{% for row in rows %}<li>{{ forloop.index }}. {{ row | capitalize }} for {{ last_name }}</li>{% endfor %}</ul>
<p><a href="{{ unsubscribe_url }}">stop</a></p></body></html>`,
});

const SECTIONS = 12;
const FILL = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore. ';

function section(arm: string, n: number): string {
  const link = n % 4 === 0 ? `<a href="https://example.com/${arm}/${n}">Read more</a>` : '';
  return `<section style="margin:8px;padding:8px;border:1px solid #ccc"><h2>Part ${n} for {{ first_name }}</h2>
{% if attributes.group == "reachable" %}<p>${FILL.repeat(14)}{{ last_name }}</p>{% else %}<p>${FILL}</p>{% endif %}
<p>Yours, {{ email }}</p>${link}</section>`;
}
