import { Parser } from 'htmlparser2';

/** `&amp;` and its like as the characters they stand for. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  let decoded = text;
  const onattribute = (_name: string, value: string) => {
    decoded = value;
  };
  const parser = new Parser({ onattribute }, { decodeEntities: true });
  parser.write(`<a v="${text.replaceAll('"', '&quot;')}">`);
  parser.end();
  return decoded;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that an HTML document may hold in content and attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => ESCAPES[one] ?? one);
