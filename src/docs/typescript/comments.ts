/** TypeScript's scanner: a program → where its comments begin. */
import { SyntaxKind } from 'typescript/unstable/ast';
import { createScanner } from 'typescript/unstable/ast/scanner';

/** A `/` after one of these divides; after any other token it begins a regular expression. */
const OPERAND_ENDS = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PrivateIdentifier,
  SyntaxKind.NumericLiteral,
  SyntaxKind.BigIntLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.RegularExpressionLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateTail,
  SyntaxKind.CloseParenToken,
  SyntaxKind.CloseBracketToken,
  SyntaxKind.CloseBraceToken,
  SyntaxKind.PlusPlusToken,
  SyntaxKind.MinusMinusToken,
  SyntaxKind.ThisKeyword,
  SyntaxKind.SuperKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
]);

/** Offsets of all comments, of one line or several; nothing within a string, template or regular expression counts. */
export function findComments(source: string): number[] {
  const scanner = createScanner(false, undefined, source);
  const comments: number[] = [];
  /** For each open template, how many braces are open within its present `${}`. */
  const templates: number[] = [];
  let before: SyntaxKind = SyntaxKind.Unknown;
  let end = 0;
  for (let token = scanner.scan(); token !== SyntaxKind.EndOfFile; token = scanner.scan()) {
    // The scanner does not leave some characters that begin no token, such as a second "#".
    if (scanner.getTokenEnd() === end) scanner.resetTokenState(end + 1);
    end = scanner.getTokenEnd();
    if (token === SyntaxKind.SingleLineCommentTrivia || token === SyntaxKind.MultiLineCommentTrivia)
      comments.push(scanner.getTokenStart());
    if (token === SyntaxKind.WhitespaceTrivia || token === SyntaxKind.NewLineTrivia) continue;
    if ((token === SyntaxKind.SlashToken || token === SyntaxKind.SlashEqualsToken) && !OPERAND_ENDS.has(before))
      token = scanner.reScanSlashToken();
    if (token === SyntaxKind.OpenBraceToken && templates.length > 0) templates.push((templates.pop() ?? 0) + 1);
    if (token === SyntaxKind.CloseBraceToken && templates.length > 0) {
      const open = templates.pop() ?? 0;
      if (open > 0) templates.push(open - 1);
      else if ((token = scanner.reScanTemplateToken(false)) === SyntaxKind.TemplateMiddle) templates.push(0);
    }
    if (token === SyntaxKind.TemplateHead) templates.push(0);
    if (token !== SyntaxKind.SingleLineCommentTrivia && token !== SyntaxKind.MultiLineCommentTrivia) before = token;
  }
  return comments;
}
