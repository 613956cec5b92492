/** Pixels: the width of a character, and the distance from one to the next. */
export const glyphWidth = 5;
export const glyphAdvance = 6;

/** Rows of a character: seven for capitals and digits, and two below the baseline. */
export const glyphHeight = 9;
export const capHeight = 7;

/** One row of a character as five bits, the highest at the left. A character that the font does not have is a box. */
export function glyphRow(character: string, row: number): number {
  const index = character.charCodeAt(0) - 32;
  const digit = index >= 0 && index < 95 && character.length === 1 ? rows[index * glyphHeight + row] : 'vhhhhhv00'[row];
  return Number.parseInt(digit, 32);
}

/**
 * Converts text to characters of the font if possible (é becomes e), cut to `most` characters with an ellipsis. Characters that have
 * no width, such as a soft hyphen, are left out.
 */
export function toFontText(text: string, most = 1000): string {
  const letters = [
    ...text
      .normalize('NFKD')
      .replace(/[\p{M}\p{Cf}]/gu, '')
      .replace(/\p{Pd}/gu, '-')
      .replace(/\s+/g, ' ')
      .trim(),
  ];
  if (letters.length > most) letters.splice(Math.max(0, most - 3), letters.length, '...');
  return letters.join('');
}

/*
 * ASCII from space to tilde, eight characters per line. A character is nine base-32 digits, each a row of five pixels:
 * A is ehhvhhh00, which is .###. #...# #...# ##### #...# #...# #...# and two empty rows below the baseline.
 */
const rows =
  '000000000444440400aaa000000aavavaa004fke5u400pp248jj00cik8lid00448000000' +
  '24888842084222248004lel4000044v4400000000cc48000v0000000000cc0011248gg00' +
  'ehjlphe004ck444v00eh1248v00eh161he0026aiv2200vgu11he0068guhhe00v12444400' +
  'ehhehhe00ehhf12c000cc0cc0000cc0cc480248g8420000v0v0000842124800eh1240400' +
  'ehnlnge00ehhvhhh00uhhuhhu00ehggghe00uhhhhhu00vgguggv00vgguggg00ehgnhhf00' +
  'hhhvhhh00e44444e0072222ic00hikokih00ggggggv00hrllhhh00hplljhh00ehhhhhe00' +
  'uhhuggg00ehhhlid00uhhukih00fgge11u00v44444400hhhhhhe00hhhhaa400hhhllrh00' +
  'hha4ahh00hha444400v1248gv00e888888e0gg8421100e222222e04ah0000000000000v0' +
  '84200000000e1fhf00gguhhhu0000eggge0011fhhhf0000ehvge0068u88880000fhhhf1e' +
  'gguhhhh0040c444e0020622222cggikoki00c44444e0000qllll0000uhhhh0000ehhhe00' +
  '00uhhhugg00fhhhf1100moggg0000fge1u0088u88860000hhhhf0000hhaa40000hllla00' +
  '00ha4ah0000hhhhf1e00v248v00244844420444444440844244480008l20000';
