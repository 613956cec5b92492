/*
 * Comments, documents, test titles, and the texts of the catalogue, the stories and the demo are plain English: a sentence
 * begins with its subject, and some turns of phrase are not used because many readers do not know them. A thing has one
 * name everywhere: audio, layers, the demo, errors, decorations.
 */
import { assert, describe, it } from '../support/suite.js';
import { filesIn, read } from './source-files.js';

/** Words that begin no sentence, unless it is a question. */
const opening = /^(What|Whatever|Whoever|Whom|Who)\b/;

const phrases = /\b(anew|for want of|all the same|in vain|goes on|go on)\b/i;

/** Other names of things that have a name already. A sound server, and to look, sound like or sound as, are no such names. */
const otherNames =
  /\b(floors?|desks?|outlets?|intakes?|complaints?|dressings?|(?<!look and )sounds?(?! (?:server|like|as)\b))\b/i;

/** Paths of files with known violations, with the reason. */
const exceptions: Record<string, string> = {};

/** A string or a template, which may contain what looks like a comment; or a comment. */
const token =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|(?:[ \t]*\/\/[^\n]*(?:\n(?=[ \t]*\/\/))?)+/g;

/** The paragraphs of the comments of a source file. A tag of JSDoc and a list item begin a paragraph. */
function paragraphsOfCode(text: string): string[] {
  const comments = (text.match(token) ?? []).map((match) => match.trim()).filter((match) => /^\/[/*]/.test(match));
  return comments.flatMap((comment) =>
    comment
      .replace(/^\/\*+|\*+\/$/g, '')
      .replace(/^[ \t]*(\*(?!\*)|\/\/)[ \t]?/gm, '')
      .split(/\n\s*\n|\n(?=\s*[-*] )|(?:^|\n)\s*@\w+(?:\s+\{[^}]*\})?(?:\s+[^\s-]+)?\s+(?:[-–—]\s+)?/),
  );
}

/** The paragraphs, headings, list items and table cells of a document, without its examples. */
function paragraphsOfMarkdown(text: string): string[] {
  return text
    .replace(/^[ \t]*(```|~~~)[\s\S]*?^[ \t]*\1/gm, '')
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.|#+) )|\||\n(?=#)/);
}

/** The titles of tests and of groups of tests. */
function titlesOfTests(text: string): string[] {
  return textsAt(text, /\b(?:it|describe|describeIf)(?:\.\w+)?\(\s*/);
}

/** The titles and names of stories. */
function titlesOfStories(text: string): string[] {
  return textsAt(text, /\b(?:title|name):\s*/);
}

/** All strings of a file. */
function strings(text: string): string[] {
  return textsAt(text, /(?:)/);
}

const literal = /"((?:\\.|[^"\\\n])*)"|'((?:\\.|[^'\\\n])*)'|`((?:\\.|[^`\\])*)`/;

/** The contents of the string literals that follow `before`. */
function textsAt(text: string, before: RegExp): string[] {
  return [...text.matchAll(new RegExp(`${before.source}(?:${literal.source})`, 'g'))].map(
    ([, double, single, template]) => (double ?? single ?? template ?? '').replace(/\\(.)/g, '$1'),
  );
}

/** The text of a page, and the attributes that are shown or read out. */
function textsOfPage(text: string): string[] {
  const body = text.replace(/<!--[\s\S]*?-->|<(script|style|svg)\b[\s\S]*?<\/\1>/g, '');
  const attributes = [...body.matchAll(/\b(?:aria-label|alt|title|placeholder|content)="([^"]*)"/g)];
  const inline = /<\/?(?:a|b|code|em|i|span|strong)\b[^>]*>/g;
  return [...attributes.map(([, value]) => value), ...body.replace(inline, '').split(/<[^>]*>/)];
}

/** Sentences of a paragraph, without markup and code. */
function sentencesOf(paragraph: string): string[] {
  return paragraph
    .replace(/`[^`]*`/g, '`code`')
    .replace(/\s+/g, ' ')
    .split(/(?<=[.!?:][)*_"”]*)\s+/)
    .map((sentence) => sentence.replace(/^[\s>#*_"“(-]+|^\d+\.\s+/g, ''));
}

const breaks = (sentence: string) =>
  phrases.test(sentence) ||
  otherNames.test(sentence) ||
  (opening.test(sentence) && sentence.includes(' ') && !/\?[)*_"”]*$/.test(sentence));

function violations(files: string[], paragraphsOf: (text: string) => string[]): string[] {
  return files
    .filter((file) => !(file in exceptions))
    .flatMap((file) =>
      paragraphsOf(read(file))
        .flatMap(sentencesOf)
        .filter(breaks)
        .map((sentence) => `${file}: ${sentence}`),
    );
}

describe('The language of the project', () => {
  it('is plain English in the comments of code', () => {
    const files = filesIn(['src', 'test', 'stories', 'demo', 'scripts', 'bench'], /\.(ts|js|css)$/);
    assert.deepEqual(violations(files, paragraphsOfCode), []);
  });

  it('is plain English in the titles of tests', () => {
    assert.deepEqual(violations(filesIn(['test'], /\.ts$/), titlesOfTests), []);
  });

  it('is plain English in the titles of stories', () => {
    assert.deepEqual(violations(filesIn(['stories'], /\.stories\.ts$/), titlesOfStories), []);
  });

  it('is plain English in the catalogue', () => {
    assert.deepEqual(violations(filesIn(['src/signals/catalogue'], /\.ts$/), strings), []);
  });

  it('is plain English on the page of the demo', () => {
    assert.deepEqual(violations(['demo/index.html'], textsOfPage), []);
  });

  it('is plain English in documents', () => {
    assert.deepEqual(
      violations(
        ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', ...filesIn(['docs'], /\.md$/)],
        paragraphsOfMarkdown,
      ),
      [],
    );
  });
});
