/** The accessibility audit of axe, in the open page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

export interface AuditOptions {
  /** Checks contrast, too (default: true). */
  contrast?: boolean;
  /** Leaves out what this selector finds. */
  exclude?: string;
}

/** The violations on the current page: the rule, and the elements. */
export async function audit(page: Page, { contrast = true, exclude }: AuditOptions = {}): Promise<string[]> {
  // Otherwise, axe opens a second tab for frames of other origins, which takes three times as long. The only such frame
  // is the sandbox, which readers never see.
  const builder = new AxeBuilder({ page }).setLegacyMode(true);
  if (!contrast) builder.disableRules(['color-contrast']);
  if (exclude !== undefined) builder.exclude(exclude);
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`);
}
