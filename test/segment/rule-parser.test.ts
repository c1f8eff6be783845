import { parseRule } from '../../src/segment/rule-parser';
import { compileRule } from '../../src/segment/rule-sql';
import { describeRule, summarizeRule } from '../../src/segment/rule-words';
import { SqlParameters } from '../../src/segment/sql-parameters';
import { DomainError } from '../../src/shared/errors';

const germans = { field: 'country', operator: 'equals', value: 'DE' };

/** The code and path that a refused rule answers. */
const refusal = (input: unknown): [string, string | undefined] => {
  try {
    parseRule(input);
  } catch (error) {
    if (error instanceof DomainError) return [error.code, error.path];
    throw error;
  }
  throw new Error('was accepted');
};

const nested = (levels: number): unknown => (levels === 0 ? germans : { all: [nested(levels - 1)] });

const said = (input: unknown): string => {
  try {
    parseRule(input);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('was accepted');
};

describe('a rule from outside', () => {
  it('that is refused says what it could have been', () => {
    expect(said({})).toMatch(/^a rule needs its field: external_id, .*country.*attributes\.…, behaviour\.sent/);
    expect(said({ field: 'shoe', operator: 'equals' })).toMatch(/^there is no field "shoe": external_id, /);
    expect(said({ field: 'tags' })).toBe('a rule needs its operator: has_tag, exists');
    expect(said({ field: 'tags', operator: 'like' })).toBe('there is no operator "like": has_tag, exists');
    expect(said({ field: 'tags', operator: 'equals' })).toBe(
      '"tags" does not take the operator equals; it takes has_tag, exists',
    );
  });

  it('is taken with all its parts', () => {
    const rule = { all: [germans, { not: { any: [{ field: 'tags', operator: 'has_tag', value: 'vip' }] } }] };
    expect(parseRule(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
  });

  it('may say when its turn is, which is the order in which it is evaluated and read out', () => {
    const vips = { field: 'tags', operator: 'has_tag', value: 'vip' };
    const known = { field: 'email', operator: 'exists', value: true };
    const old = { field: 'attributes.age', operator: 'greater_than', value: 30 };
    const given = {
      any: [known, { ...germans, priority: 7 }, { all: [old, { ...vips, priority: 1 }], priority: 0 }, vips],
    };
    const rule = parseRule(JSON.parse(JSON.stringify(given)));
    expect(rule).toEqual(given);
    expect(describeRule(rule)).toBe(
      '(tags have the tag "vip" and age is more than 30) or country is "DE" or email is known or tags have the tag "vip"',
    );
    const parameters = new SqlParameters();
    compileRule(rule, parameters);
    expect(parameters.values).toEqual(['vip', ['age'], '30', 'DE', 'vip']);
    expect(parseRule({ ...germans, priority: null })).toEqual(germans);
  });

  it('may leave out what exists means', () => {
    expect(parseRule({ field: 'phone', operator: 'exists' })).toEqual({
      field: 'phone',
      operator: 'exists',
      value: true,
    });
  });

  it('is read out in words', () => {
    const rule = parseRule({
      all: [
        germans,
        {
          any: [
            { field: 'attributes.age', operator: 'between', value: [18, 30] },
            { field: 'tags', operator: 'has_tag', value: 'vip' },
          ],
        },
        { not: { field: 'createdAt', operator: 'within_last', value: 7 } },
      ],
    });
    expect(describeRule(rule)).toBe(
      'country is "DE" and (age is between 18 and 30 or tags have the tag "vip") and not (createdAt is within the last 7 days)',
    );
  });

  it('is read out in words where it is about behaviour', () => {
    const rule = parseRule({
      all: [
        { field: 'behaviour.opened.cmp_a', operator: 'within_last', value: 30 },
        { field: 'behaviour.sent', operator: 'within_last', value: 1 },
        { field: 'behaviour.clicked', operator: 'exists', value: false },
        { field: 'behaviour.converted.cmp_a', operator: 'exists' },
      ],
    });
    expect(describeRule(rule)).toBe(
      'opened campaign cmp_a within the last 30 days and was sent any campaign within the last 1 day' +
        ' and did not click in any campaign and converted in campaign cmp_a',
    );
  });

  it('is cut in words where nobody would read on', () => {
    const values = Array.from({ length: 1_000 }, (_, index) => `value ${index}`);
    const words = summarizeRule(parseRule({ field: 'country', operator: 'in', value: values }));
    expect([words.length, words.at(-1)]).toEqual([2_000, '…']);
    expect(summarizeRule(parseRule(germans))).toBe('country is "DE"');
  });

  it.each([
    ['no rule', null, ''],
    ['a list', [], ''],
    ['an unknown field', { field: 'shoe_size', operator: 'equals', value: 1 }, 'field'],
    ['a column that rules may not see', { field: 'org_no', operator: 'equals', value: '1' }, 'field'],
    ['SQL for a field', { field: 'email" or true --', operator: 'equals', value: 'x' }, 'field'],
    ['an inherited name for a field', { field: 'constructor', operator: 'exists' }, 'field'],
    ['an empty path', { field: 'attributes.', operator: 'exists' }, 'field'],
    ['a hole in the path', { field: 'attributes.a..b', operator: 'exists' }, 'field'],
    ['NUL in the path', { field: 'attributes.a\0b', operator: 'exists' }, 'field'],
    ['an unknown operator', { field: 'email', operator: 'sounds_like', value: 'x' }, 'operator'],
    [
      'an operator that the field does not take',
      { field: 'email_opted_in', operator: 'contains', value: 'x' },
      'operator',
    ],
    ['a tag of a text', { field: 'email', operator: 'has_tag', value: 'x' }, 'operator'],
    ['a number for a text', { field: 'country', operator: 'equals', value: 49 }, 'value'],
    ['a text for a boolean', { field: 'email_opted_in', operator: 'equals', value: 'true' }, 'value'],
    ['null', { field: 'attributes.a', operator: 'equals', value: null }, 'value'],
    ['no value', { field: 'attributes.a', operator: 'equals' }, 'value'],
    ['infinity', { field: 'attributes.a', operator: 'greater_than', value: Number.POSITIVE_INFINITY }, 'value'],
    ['an object', { field: 'attributes.a', operator: 'equals', value: { gt: 1 } }, 'value'],
    ['NUL', { field: 'attributes.a', operator: 'equals', value: 'a\0' }, 'value'],
    ['half a character', { field: 'attributes.a', operator: 'equals', value: '\ud800' }, 'value'],
    ['a long text', { field: 'attributes.a', operator: 'equals', value: 'x'.repeat(1001) }, 'value'],
    ['an empty list', { field: 'country', operator: 'in', value: [] }, 'value'],
    ['a list with a stranger', { field: 'country', operator: 'in', value: ['DE', 1] }, 'value[1]'],
    ['three limits', { field: 'attributes.a', operator: 'between', value: [1, 2, 3] }, 'value'],
    ['mixed limits', { field: 'attributes.a', operator: 'between', value: [1, '2'] }, 'value[1]'],
    ['a day that does not exist', { field: 'created_at', operator: 'after', value: '2026-02-30' }, 'value'],
    ['half a day', { field: 'created_at', operator: 'within_last', value: 0.5 }, 'value'],
    ['an unknown behaviour', { field: 'behaviour.ignored', operator: 'exists' }, 'field'],
    ['a behaviour in no campaign', { field: 'behaviour.opened.seg_a', operator: 'exists' }, 'field'],
    ['a behaviour in nothing', { field: 'behaviour.opened.', operator: 'exists' }, 'field'],
    ['a behaviour in a path', { field: 'behaviour.opened.cmp_a.b', operator: 'exists' }, 'field'],
    ['a behaviour that equals', { field: 'behaviour.opened', operator: 'equals', value: true }, 'operator'],
    ['a behaviour within no days', { field: 'behaviour.opened', operator: 'within_last', value: 0 }, 'value'],
    ['an empty group', { all: [] }, 'all'],
    ['two groups in one', { all: [germans], any: [germans] }, ''],
    ['a group with a field', { all: [germans], field: 'email' }, ''],
    ['an unknown key', { ...germans, negate: true }, 'negate'],
    ['a priority that is no number', { all: [{ ...germans, priority: 'high' }] }, 'all[0].priority'],
    ['a priority below zero', { all: [germans], priority: -1 }, 'priority'],
    ['half a priority', { not: { ...germans, priority: 1.5 } }, 'not.priority'],
    ['eleven in a group', { any: Array(11).fill(germans) }, 'any'],
    ['six levels', nested(6), 'all[0].all[0].all[0].all[0].all[0]'],
    ['a wrong value far inside', { all: [germans, { any: [{ ...germans, value: 1 }] }] }, 'all[1].any[0].value'],
    ['a wrong field under not', { not: { ...germans, field: 'x' } }, 'not.field'],
  ])('is refused with its path: %s', (_, input, path) => {
    expect(refusal(input)).toEqual(['AUDIENCE_INVALID_RULE', path]);
  });

  it('may be as large as the limits say, and they can be set', () => {
    expect(() => parseRule(nested(5))).not.toThrow();
    expect(() => parseRule({ any: Array(10).fill(germans) })).not.toThrow();
    expect(() => parseRule(nested(2), { perLevel: 1, levels: 1, listLength: 1, textLength: 10 })).toThrow(
      /more than 1 levels/,
    );
  });
});
