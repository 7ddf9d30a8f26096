/** The texts of all pages, for a site that is built: one module of them is drawn from sooner than 2,000. */
import type { TextModule } from './lazy.ts';

export const texts: Record<string, TextModule> = import.meta.glob<TextModule>(['/content/**/*.mdx', '/CHANGELOG.md'], { eager: true });
