// The practice server judged by what nobody here wrote: Twilio's client for Node, and Twilio's OpenAPI documents.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Judge, readSlips } from './openapi.js';
import { startPracticeServer } from './practice_server.js';
import { tellStory } from './story.js';
import { OPERATIONS, sweep } from './sweep.js';

const judge = new Judge(readSlips());
let server;

before(async () => {
  server = await startPracticeServer(['--regions']);
});
after(() => server?.stop());

// Refusals are not described by the documents; the client has judged them by status and code.
function judgeAll(answers) {
  const judged = answers.filter(({ status }) => status < 400);
  assert.ok(judged.length > 0);
  const faults = judged.flatMap((answer) => judge.faultsOf(answer));
  // One fault of each place is enough to read.
  const places = new Map(faults.map((fault) => [fault.slice(fault.lastIndexOf('[')), fault]));
  assert.equal(places.size, 0, [...places.values()].join('\n'));
}

test('the official client runs the whole story, and every answer in it is as the documents say', async (story) => {
  const answers = [];
  await tellStory(story, server, answers);
  judgeAll(answers);
});

test('every operation, on every page and account, answers as the documents say', async () => {
  const answers = [];
  await sweep(server, answers);
  judgeAll(answers);
  assert.deepEqual(OPERATIONS.filter((operation) => !judge.judged.has(operation)), []);
});

test('every listed slip of the documents was met, so none is listed for nothing', () => {
  assert.deepEqual(judge.unmetSlips(), []);
});

test('an answer that is wrong is found out', () => {
  const path = '/2010-04-01/Accounts/AC00000000000000000000000000000001/Balance.json';
  const body = { account_sid: 'AC00000000000000000000000000000001', balance: '1.00', currency: 'USD' };
  const faults = (status, changed) => judge.faultsOf({ method: 'get', path, status, body: changed }).length;
  assert.equal(faults(200, body), 0);
  assert.equal(faults(200, { ...body, balance: 1 }), 1);
  assert.equal(faults(200, { ...body, account_sid: 'SK00000000000000000000000000000001' }), 1);
  assert.equal(faults(200, { account_sid: body.account_sid, balance: '1.00' }), 1);
  assert.equal(faults(200, { ...body, surplus: true }), 1);
  assert.equal(faults(201, body), 1);
});
