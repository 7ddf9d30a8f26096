/** `npm run emulator`. */
import { runCommand } from './command.ts';

await runCommand(process.argv.slice(2), 'npm run emulator --');
