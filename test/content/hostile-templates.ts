/** A name, and a template that means harm. */
export type Hostile = readonly [name: string, html: string];

const nested = (open: string, close: string, times: number) => `${open.repeat(times)}x${close.repeat(times)}`;
const grown = (filter: string) =>
  `{% assign s = 'aaaaaaaaaa' %}{% for i in (1..60) %}{% assign s = s | ${filter} %}{% endfor %}{{ s }}`;
const cross = <A, B>(as: readonly A[], bs: readonly B[], make: (a: A, b: B) => Hostile): Hostile[] =>
  as.flatMap((a) => bs.map((b) => make(a, b)));

const loops = cross(
  ['', 'x', '{{ a }}', '{% assign b = a | times: 2 %}', '{% if a %}x{% endif %}', '{% cycle "a", "b" %}'],
  ['(1..100000000)', '(1..4294967296)', '(-99999999..99999999)', '(1..10000000) reversed', '(1..10000000) offset: 1'],
  (body, range) => [`a loop over ${range} of '${body}'`, `{% for a in ${range} %}${body}{% endfor %}`],
);

const rows = ['(1..100000000)', '(1..100000000) cols:1', '(1..100000000) limit:99999999'].map(
  (range): Hostile => [`rows over ${range}`, `{% tablerow a in ${range} %}{% endtablerow %}`],
);

const towers = [3, 6, 12].map(
  (deep): Hostile => [`${deep} loops in each other`, nested('{% for a in (1..3000) %}', '{% endfor %}', deep)],
);

const growth = [
  'append: s',
  'prepend: s',
  "replace: 'a', 'aaaaaaaaaa'",
  "replace: 'a', s",
  "split: '' | join: s",
  'append: s | url_encode',
  'append: s | escape',
  'append: s | json | json',
  "append: s | split: '' | reverse | join: ''",
  'append: s | base64_encode',
  'append: s | strip_html | append: s',
  'append: s | upcase | downcase',
  'append: s | newline_to_br | append: s',
  'append: s | truncate: 99999999 | append: s',
].map((filter): Hostile => [`growth by ${filter}`, grown(filter)]);

const wideDates = cross(
  ['d', 'Y', 'H', 'j', 'N', 'L', 's', 'e', 'z'],
  ['999999999', '0999999999', '_99999999', '-^99999999'],
  (letter, width) => [`a date ${width} wide by %${letter}`, `{{ 'now' | date: '%${width}${letter}' }}`],
);

const big = (piece: string) =>
  `{% assign s = '${piece}' %}{% for i in (1..17) %}{% assign s = s | append: s %}{% endfor %}`;
const scans = cross(
  ['<script', '<!--', '<style', '<', '&', ' ', "'", '%'],
  [
    'strip_html',
    'strip',
    'truncatewords: 99999',
    'escape_once',
    'url_decode',
    'strip_newlines',
    'normalize_whitespace',
  ],
  (piece, filter) => [`${filter} of many '${piece}'`, `${big(piece === "'" ? '"' : piece)}{{ s | ${filter} }}`],
);

const lists = ['sort', 'uniq', 'reverse', 'sort_natural', 'compact', 'join', 'size', 'json', 'map: "a"', 'sum'].map(
  (filter): Hostile => [`a huge range by ${filter}`, `{% assign a = (1..50000000) | ${filter} %}{{ a }}`],
);

const doubled = ['concat: a', 'concat: a | uniq', 'concat: a | sort', 'concat: a | reverse', 'push: a'].map(
  (filter): Hostile => [
    `lists by ${filter}`,
    `{% assign a = 'a,b' | split: ',' %}{% for i in (1..60) %}{% assign a = a | ${filter} %}{% endfor %}{{ a | size }}`,
  ],
);

const deep = cross(
  [
    ['{% if true %}', '{% endif %}'],
    ['{% unless false %}', '{% endunless %}'],
    ['{% capture a %}', '{% endcapture %}'],
    ['{% for a in (1..1) %}', '{% endfor %}'],
    ['{% case 1 %}{% when 1 %}', '{% endcase %}'],
    ['{% tablerow a in (1..1) %}', '{% endtablerow %}'],
  ] as const,
  [100, 1_000],
  ([open, close], times) => [`${times} of ${open} in each other`, nested(open, close, times)],
);

const files = cross(
  ['include', 'render', 'layout'],
  ['/etc/passwd', '../../../../etc/passwd', 'package.json', '/proc/self/environ', 'file:///etc/passwd'],
  (tag, path) => [`${tag} of ${path}`, `{% ${tag} '${path}' %}`],
);
const cycles: readonly Hostile[] = [
  ['a block that holds itself', '{% block a %}{% block a %}{% endblock %}{% endblock %}'],
  ['a layout of nothing', '{% layout none %}{% block a %}x{% endblock %}'],
];

/** Paths that nobody's own data has: nothing may stand in their place. */
export const reaches: readonly Hostile[] = cross(
  ['first_name', 'attributes', 'campaign', 'attributes.list'],
  ['constructor', 'constructor.constructor', '__proto__', '__proto__.polluted', 'toString', '["constructor"]'],
  (of, to) => [`a reach from ${of} for ${to}`, `{{ ${of}${to.startsWith('[') ? '' : '.'}${to} }}`],
);
const reachingFilters = [
  'map: "constructor"',
  'where: "__proto__"',
  'sort: "constructor"',
  'group_by: "constructor"',
  'find: "__proto__", "x"',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty: "x"',
].map((filter): Hostile => [`a filter that reaches: ${filter}`, `{{ attributes.list | ${filter} | json }}`]);

/** Every family of T-J4. */
export const hostileTemplates: readonly Hostile[] = [
  ...loops,
  ...rows,
  ...towers,
  ...growth,
  ...wideDates,
  ...scans,
  ...lists,
  ...doubled,
  ...deep,
  ...files,
  ...cycles,
  ...reaches,
  ...reachingFilters,
];
