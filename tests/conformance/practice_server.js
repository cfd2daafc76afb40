// Starts the practice server on a free port, reads the sign-in it prints, and stops it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const LINES = {
  'Base URL': 'baseUrl',
  'Account SID': 'accountSid',
  'Auth Token': 'authToken',
  'Base URL ie1': 'baseUrlIe1',
  'Auth Token ie1': 'authTokenIe1',
  'Base URL au1': 'baseUrlAu1',
  'Auth Token au1': 'authTokenAu1',
};

// PRACTICE_BIN names a built program; without it cargo builds one.
function command(options) {
  const program = process.env.PRACTICE_BIN;
  return program ? [program, options] : ['cargo', ['run', '-q', '-p', 'practice', '--', ...options]];
}

export async function startPracticeServer(options = []) {
  const [program, parameters] = command(options);
  const child = spawn(program, parameters, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const failed = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code} before it was ready`)));
  });
  failed.catch(() => {});

  const server = {
    async stop() {
      child.kill();
      await ended;
    },
  };
  const ready = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      const [name, value] = line.split(/: (.*)/);
      if (LINES[name]) server[LINES[name]] = value;
      if (server.baseUrl && server.accountSid && server.authToken) return;
    }
  })();
  await Promise.race([ready, failed]);
  return server;
}
