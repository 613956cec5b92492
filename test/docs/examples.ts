/** The examples of a Markdown document, and the pages that they make. Without DOM, for Node and browsers. */

/** A fenced block of code. */
export interface Fence {
  /** `html`, `js`, `sh` and so on. */
  readonly language: string;
  /** The rest of the info string: `no-run reason="…"`, `file=/path.js`. */
  readonly info: string;
  readonly code: string;
  /** The line of the document at which the block begins, from 1. */
  readonly line: number;
  /** The number of the section that it stands in. */
  readonly section: number;
  /** The expression of a comment `<!-- check: … -->` before the block. */
  readonly check: string | null;
}

/** A page to run: markup, scripts that follow it in the same section, or one of both. */
export interface ExamplePage {
  readonly line: number;
  readonly html: Fence | null;
  readonly scripts: readonly Fence[];
}

export function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = [];
  const lines = markdown.split('\n');
  let section = 0;
  let check: string | null = null;
  for (let i = 0; i < lines.length; i++) {
    const text = lines[i] ?? '';
    if (/^#{1,6} /.test(text)) section++;
    const opening = /^```(\w+)(.*)$/.exec(text);
    if (!opening) {
      // Only empty lines may stand between a check and its block.
      if (text.trim()) check = /^<!-- check: (.*) -->$/.exec(text)?.[1] ?? null;
      continue;
    }
    const end = lines.indexOf('```', i + 1);
    if (end < 0) throw new Error(`The block of code that begins at line ${i + 1} has no end.`);
    const [, language = '', info = ''] = opening;
    const code = lines.slice(i + 1, end).join('\n');
    fences.push({ language, info: info.trim(), code, line: i + 1, section, check });
    check = null;
    i = end;
  }
  return fences;
}

const isCode = ({ language }: Fence): boolean => ['html', 'js', 'ts'].includes(language);

/** Why a block is not run; `null` where it is. */
export const reasonNotToRun = ({ info }: Fence): string | null => /^no-run reason="(.+)"$/.exec(info)?.[1] ?? null;

/** The path under which an example's page serves a block: `js file=/path.js`. */
export const filePath = ({ info }: Fence): string | null => /^file=(\S+)$/.exec(info)?.[1] ?? null;

/** The pages of a document's blocks of `html` and `js`. */
export function examplePages(fences: readonly Fence[]): ExamplePage[] {
  const pages: ExamplePage[] = [];
  for (const fence of fences.filter((each) => isCode(each) && !reasonNotToRun(each) && !filePath(each))) {
    const last = pages.at(-1);
    if (fence.language === 'html') pages.push({ line: fence.line, html: fence, scripts: [] });
    else if (last?.html?.section === fence.section)
      pages[pages.length - 1] = { ...last, scripts: [...last.scripts, fence] };
    else pages.push({ line: fence.line, html: null, scripts: [fence] });
  }
  return pages;
}

/** Headings as GitHub makes anchors of them. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  const text = markdown.replaceAll(/^```[\s\S]*?^```$/gm, '');
  for (const [, heading = ''] of text.matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Addresses of links and pictures, without those inside code. */
export function linksOf(markdown: string): string[] {
  const text = markdown.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/(`+)(?:(?!\1).)+\1/g, 'code');
  const inText = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, address = '']) => address);
  const inTags = [...text.matchAll(/\b(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
  return [...inText, ...inTags];
}

export const isExternal = (address: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(address);
