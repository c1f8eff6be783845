import type { EmailContentInput } from '../schema/generated/operations';

/** Where the law wants a sender to be found; the organization's settings hold the same. */
export const POSTAL_ADDRESS = 'Demo Outfitters, 1 Harbour Street, Springfield';

const footer = `<p style="color:#666">${POSTAL_ADDRESS}<br>
<a href="{{ unsubscribe_url }}">Unsubscribe</a></p>`;

interface Offer {
  readonly line: string;
  readonly department: string;
}

/** An e-mail that speaks to the person by what is known of them. */
const email = ({ line, department }: Offer): EmailContentInput => ({
  subject: `{% if attributes.newbie == 1 %}Welcome: {% endif %}${line}`,
  html: `<h1>${line}</h1>
<p>It is {{ attributes.recency }} month{% if attributes.recency != 1 %}s{% endif %} since your last order
by {{ attributes.channel | downcase }}. Thank you for \${{ attributes.history | round: 2 }} with us this year.</p>
{% if attributes.${department} == 1 %}<p>You know our ${department} department: here is what is new in it.</p>
{% else %}<p>You have not seen our ${department} department yet: have a look.</p>{% endif %}
<p><a href="https://shop.example.com/${department}?from={{ attributes.zip_code | url_encode }}">See the collection</a></p>
${footer}`,
  senderName: 'Demo Outfitters',
  senderEmail: 'news@example.com',
});

export const mensEmail = email({ line: 'New for men this season', department: 'mens' });
export const womensEmail = email({ line: 'New for women this season', department: 'womens' });
