/*
 * Comments and documents are plain English: a sentence begins with its subject, and some turns of phrase are not used
 * because many readers do not know them.
 */
import { assert, describe, it } from '../support/suite.js';
import { filesIn, read } from './source-files.js';

/** Words that begin no sentence, unless it is a question. */
const opening = /^(What|Whatever|Whoever|Whom|Who)\b/;

const phrases = /\b(anew|for want of|all the same|in vain)\b/i;

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

/** Sentences of a paragraph, without markup. */
function sentencesOf(paragraph: string): string[] {
  return paragraph
    .replace(/\s+/g, ' ')
    .split(/(?<=[.!?:][)*_"”]*)\s+/)
    .map((sentence) => sentence.replace(/^[\s>#*_"“(-]+|^\d+\.\s+/g, ''));
}

const breaks = (sentence: string) =>
  phrases.test(sentence) || (opening.test(sentence) && sentence.includes(' ') && !/\?[)*_"”]*$/.test(sentence));

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
