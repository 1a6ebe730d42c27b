#!/usr/bin/env node
import { runCommand } from './cli/runCommand.js';

process.exitCode = await runCommand(process.argv.slice(2), process);
