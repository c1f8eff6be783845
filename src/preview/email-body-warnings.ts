import type { RenderedEmail } from '../content/rendered-email';
import { type ContentWarning, when } from './content-warning';
import { attributeOf, tagsOf } from './rendered-tags';

/** Bytes of HTML at which webmails clip (102 KB); characters of text below which filters doubt images. */
const limits = { htmlBytes: 102_400, words: 100 } as const;

const IMAGE: ReadonlySet<string> = new Set(['img']);
/** What mail programs leave out, or take for an attack. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'applet',
  'audio',
  'base',
  'embed',
  'form',
  'iframe',
  'input',
  'object',
  'script',
  'video',
]);
const LINK: ReadonlySet<string> = new Set(['link']);

/** What one who knows mail would say of its body. */
export const bodyWarnings = (email: RenderedEmail): readonly ContentWarning[] => [
  ...size(email),
  ...images(email),
  ...leftOut(email),
];

function size({ html }: RenderedEmail): readonly ContentWarning[] {
  const bytes = Buffer.byteLength(html);
  const message = `the html has ${bytes} bytes: webmails cut at ${limits.htmlBytes}`;
  return when(bytes > limits.htmlBytes, 'HTML_LARGE', message);
}

function images({ html, text }: RenderedEmail): readonly ContentWarning[] {
  const found = tagsOf(html, IMAGE);
  const sources = found.map(({ attributes }) => attributeOf(attributes, 'src') ?? '');
  const count = (holds: (source: string) => boolean): number => sources.filter(holds).length;
  const silent = found.filter(({ attributes }) => !/\salt\s*=/i.test(attributes)).length;
  const insecure = count((source) => /^http:/i.test(source));
  const embedded = count((source) => /^data:/i.test(source));
  const broken = count((source) => !/^(?:https?:\/\/|data:|cid:)/i.test(source));
  return [
    ...when(silent > 0, 'IMAGE_WITHOUT_TEXT', `${silent} images have no alt: where images are off, nothing is there`),
    ...when(
      found.length > 0 && text.trim().length < limits.words,
      'MOSTLY_IMAGES',
      `images and fewer than ${limits.words} characters of text: filters take that for spam`,
    ),
    ...when(insecure > 0, 'IMAGE_INSECURE', `${insecure} images come by http: many mail programs leave them out`),
    ...when(embedded > 0, 'IMAGE_EMBEDDED', `${embedded} images stand in the html itself (data:): webmails drop them`),
    ...when(broken > 0, 'IMAGE_BROKEN', `${broken} images have no whole address: no mail program finds them`),
  ];
}

function leftOut({ html }: RenderedEmail): readonly ContentWarning[] {
  const sheets = tagsOf(html, LINK).filter(({ attributes }) =>
    /stylesheet/i.test(attributeOf(attributes, 'rel') ?? ''),
  );
  const names = [...new Set(tagsOf(html, LEFT_OUT).map(({ name }) => name)), ...(sheets.length > 0 ? ['link'] : [])];
  const message = `mail programs leave out ${names.map((name) => `<${name}>`).join(', ')}`;
  return when(names.length > 0, 'HTML_LEFT_OUT', message);
}
