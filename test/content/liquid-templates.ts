import fc from 'fast-check';

const names = ['a', 'b', 'c', 'x', 'y', 'name', 'list', 'products', 'record', 'forloop', 'item', 'missing'] as const;
const literal = fc.constantFrom(
  ...[
    'nil',
    'true',
    'false',
    'empty',
    'blank',
    '0',
    '1',
    '2',
    '-1',
    '2.50',
    '"a"',
    "'<i>'",
    '""',
    '", "',
    "'ä😀'",
    '"%Y-%m-%d %B"',
    '(1..3)',
    '(1..a)',
  ],
);
const step = fc.constantFrom(
  ...[
    '.a',
    '.b',
    '.name',
    '.size',
    '.first',
    '.last',
    '.price',
    '.index',
    '.index0',
    '.rindex',
    '.rindex0',
    '.length',
    '[0]',
    '[-1]',
    '["a"]',
    '[b]',
    '[name]',
    '.first.name',
    '.toString',
    '.constructor',
    '.__proto__',
    '.equals',
  ],
);
const path = fc
  .tuple(fc.constantFrom(...names), fc.array(step, { maxLength: 2 }))
  .map(([name, steps]) => name + steps.join(''));
const operand = fc.oneof({ weight: 3, arbitrary: path }, { weight: 2, arbitrary: literal });

const plainFilters = [
  'upcase',
  'downcase',
  'capitalize',
  'escape',
  'escape_once',
  'strip',
  'lstrip',
  'rstrip',
  'size',
  'first',
  'last',
  'join',
  'reverse',
  'sort',
  'uniq',
  'compact',
  'abs',
  'ceil',
  'floor',
  'round',
  'url_encode',
  'url_decode',
  'newline_to_br',
  'strip_html',
  'strip_newlines',
  'json',
  'raw',
  'date',
  'truncate',
  'truncatewords',
  'sum',
  'slugify',
  'to_integer',
  'number_of_words',
  'base64_encode',
  'append',
  'sort_natural',
];
const filtersWithArgument = [
  'default',
  'append',
  'prepend',
  'plus',
  'minus',
  'times',
  'divided_by',
  'modulo',
  'round',
  'split',
  'join',
  'truncate',
  'truncatewords',
  'remove',
  'remove_first',
  'date',
  'map',
  'where',
  'slice',
  'at_least',
  'at_most',
  'concat',
  'sort',
  'group_by',
  'find',
  'push',
  'strip',
  'sum',
];
const filter = fc.oneof(
  fc.constantFrom(...plainFilters).map((name) => ` | ${name}`),
  fc.tuple(fc.constantFrom(...filtersWithArgument), operand).map(([name, argument]) => ` | ${name}: ${argument}`),
  fc
    .tuple(fc.constantFrom('replace', 'replace_first', 'slice', 'truncate', 'where', 'date'), operand, operand)
    .map(([name, one, two]) => ` | ${name}: ${one}, ${two}`),
  fc.constantFrom(
    ' | default: "d", allow_false: true',
    " | where_exp: 'i', 'i.a == 1'",
    " | map: 'name' | join: ', '",
    ' | divided_by: 0',
    " | sort: 'price'",
  ),
);
const filtered = fc
  .tuple(operand, fc.array(filter, { maxLength: 3 }))
  .map(([value, filters]) => value + filters.join(''));
const condition = fc
  .array(fc.tuple(fc.constantFrom('==', '!=', '<', '>', '<=', '>=', 'contains', 'and', 'or', 'and not', ''), operand), {
    minLength: 1,
    maxLength: 3,
  })
  .map(([first, ...rest]) =>
    [
      first?.[0] === 'and not' ? `not ${first[1]}` : (first?.[1] ?? 'a'),
      ...rest.map(([operator, value]) => `${operator} ${value}`),
    ].join(' '),
  );

const dash = fc.constantFrom('', '', '', '-');
const tag = (inside: fc.Arbitrary<string>) =>
  fc.tuple(dash, inside, dash).map(([left, words, right]) => `{%${left} ${words} ${right}%}`);
const word = (text: string) => tag(fc.constant(text));
const concat = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''));
const text = fc.constantFrom(' ', '\n', '<p class="x">', 'words ', '  \n\t', 'ä', '"\\', '</p>', '😀', '');
const output = fc.tuple(dash, filtered, dash).map(([left, words, right]) => `{{${left} ${words} ${right}}}`);
const assign = tag(
  fc.tuple(fc.constantFrom('x', 'y', 'a', 'item'), filtered).map(([name, words]) => `assign ${name} = ${words}`),
);
/** Two loops over the same words: the second may go on where the first ended. */
const pair = fc
  .tuple(
    fc.constantFrom('item', 'x'),
    fc.constantFrom('list', 'products', '(1..5)'),
    fc.constantFrom('limit: 2', 'offset: 1 limit: 1', 'offset: a', 'limit: b'),
  )
  .map(
    ([name, from, how]) =>
      `{% for ${name} in ${from} ${how} %}{{ ${name} }}{% endfor %}-{% for ${name} in ${from} offset: continue %}{{ ${name} }}{% endfor %}`,
  );
const modifiers = fc.constantFrom(
  '',
  '',
  '',
  ' limit: 2',
  ' offset: 1',
  ' reversed',
  ' limit: 1 offset: 1',
  ' limit:2 offset:continue',
  ' offset: a',
  ' limit: b',
  ' reversed limit: 3',
  ' limit',
  ' unknown: a',
);
const loopHead = fc
  .tuple(
    fc.constantFrom('item', 'x', 'forloop', 'i'),
    fc.oneof(fc.constantFrom('products', 'list', '(1..4)', 'record', 'name'), operand),
    modifiers,
  )
  .map(([name, from, how]) => `for ${name} in ${from}${how}`);
const leaf = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 4, arbitrary: output },
  { weight: 1, arbitrary: assign },
  fc.oneof(
    word('break'),
    word('continue'),
    word('increment a'),
    word('decrement y'),
    word("cycle 'one', a, 'two'"),
    word('# a remark'),
    word('echo a | upcase'),
    tag(filtered.map((words) => `echo ${words}`)),
    concat(word('raw'), fc.constantFrom('{{ a }}', ' {% x %} ', ''), word('endraw')),
    concat(word('comment'), fc.constantFrom('{{ a }}', '{% if %}', ''), word('endcomment')),
    word('liquid\n assign y = a\n if y\n echo y\n endif\n'),
  ),
);

/** Templates of all that people use, and of what they should not. */
export const templates = fc.letrec<{ body: string; block: string; piece: string }>((tie) => ({
  body: fc.array(tie('piece'), { maxLength: 5 }).map((pieces) => pieces.join('')),
  piece: fc.oneof({ maxDepth: 4 }, { weight: 5, arbitrary: leaf }, { weight: 2, arbitrary: tie('block') }),
  block: fc.oneof(
    concat(
      tag(condition.map((words) => `if ${words}`)),
      tie('body'),
      tag(condition.map((words) => `elsif ${words}`)),
      tie('body'),
      word('else'),
      tie('body'),
      word('endif'),
    ),
    concat(tag(filtered.map((words) => `if ${words}`)), tie('body'), word('endif')),
    concat(
      tag(condition.map((words) => `unless ${words}`)),
      tie('body'),
      tag(condition.map((words) => `elsif ${words}`)),
      tie('body'),
      word('else'),
      tie('body'),
      word('endunless'),
    ),
    concat(
      tag(filtered.map((words) => `case ${words}`)),
      tag(fc.tuple(operand, operand).map(([one, two]) => `when ${one}, ${two}`)),
      tie('body'),
      tag(operand.map((words) => `when ${words}`)),
      tie('body'),
      word('else'),
      tie('body'),
      word('endcase'),
    ),
    concat(tag(loopHead), tie('body'), word('else'), tie('body'), word('endfor')),
    concat(tag(loopHead), tie('body'), word('endfor')),
    pair,
    concat(tag(fc.constantFrom('capture x', 'capture y', "capture 'a'")), tie('body'), word('endcapture')),
    concat(word('tablerow item in list cols: 2'), tie('body'), word('endtablerow')),
  ),
})).body;
