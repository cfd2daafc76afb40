// The whole story of an admin, told by the official client: see, create, prove, rename, suspend, move a number, restrict, rotate, delete.
import assert from 'node:assert/strict';
import { signIn, signInRegion } from './loopback_client.js';

const POLICY = { allow: ['/twilio/messaging/messages/list', '/twilio/messaging/messages/create'] };

async function refusal(promise) {
  const error = await promise.then(
    () => assert.fail('was not refused'),
    (thrown) => thrown,
  );
  return [error.status, error.code];
}

export async function tellStory(test, server, answers) {
  const { accountSid, authToken } = server;
  const parent = signIn(server, accountSid, authToken, accountSid, answers);
  const inside = (sid) => parent.api.v2010.accounts(sid);
  let sub;
  let key;

  await test.test('all accounts are listed over two pages, each once', async () => {
    const accounts = await parent.api.v2010.accounts.list({ pageSize: 100 });
    assert.equal(accounts.length, 151);
    assert.equal(new Set(accounts.map(({ sid }) => sid)).size, 151);
    const own = accounts.find(({ sid }) => sid === accountSid);
    assert.equal(own.ownerAccountSid, accountSid);
    const pages = answers.filter(({ method, path }) => method === 'get' && path === '/2010-04-01/Accounts.json');
    assert.equal(pages.length, 2);
  });

  await test.test('a subaccount is created and found by its exact name', async () => {
    sub = await parent.api.v2010.accounts.create({ friendlyName: "Pharmacie de l'Étoile & Fils" });
    assert.equal(sub.status, 'active');
    assert.match(sub.authToken, /^[0-9a-f]{32}$/);
    assert.ok(Date.now() - sub.dateCreated.getTime() < 60_000);
    const found = await parent.api.v2010.accounts.list({ friendlyName: "Pharmacie de l'Étoile & Fils", status: 'active' });
    assert.deepEqual(found.map(({ sid }) => sid), [sub.sid]);
  });

  await test.test('a key is created, signs for its account, and does not reach Accounts or Keys', async () => {
    const made = await inside(sub.sid).newKeys.create({ friendlyName: 'Étoile - DicksonOne' });
    assert.match(made.secret, /^[A-Za-z0-9]{32}$/);
    key = signIn(server, made.sid, made.secret, sub.sid, answers);
    assert.deepEqual(await key.messages.list({ limit: 1 }), []);
    assert.deepEqual(await refusal(key.api.v2010.accounts(sub.sid).fetch()), [401, 20003]);
    assert.deepEqual(await refusal(key.keys.list()), [401, 20003]);
    const renamed = await inside(sub.sid).keys(made.sid).update({ friendlyName: 'Étoile - DicksonOne 2' });
    assert.equal(renamed.friendlyName, 'Étoile - DicksonOne 2');
    assert.equal((await inside(sub.sid).keys(made.sid).fetch()).friendlyName, 'Étoile - DicksonOne 2');
    assert.equal((await inside(sub.sid).keys.list()).length, 1);
  });

  await test.test('the subaccount is renamed, suspended and made active again', async () => {
    assert.equal((await inside(sub.sid).update({ friendlyName: 'Étoile' })).friendlyName, 'Étoile');
    assert.deepEqual(await refusal(inside(sub.sid).update({ status: 'paused' })), [400, 21475]);
    assert.deepEqual(await refusal(inside(accountSid).update({ status: 'suspended' })), [400, 21477]);
    assert.equal((await inside(sub.sid).update({ status: 'suspended' })).status, 'suspended');
    assert.deepEqual(await refusal(key.messages.list({ limit: 1 })), [401, 20005]);
    assert.equal((await inside(sub.sid).update({ status: 'active' })).status, 'active');
    assert.deepEqual(await key.messages.list({ limit: 1 }), []);
  });

  await test.test('a number moves to the subaccount, where it answers nothing any more, and is released', async () => {
    const [{ sid, phoneNumber }] = await inside(accountSid).incomingPhoneNumbers.list();
    const named = { friendlyName: 'Cold store', voiceUrl: 'https://answering.example/calls' };
    assert.equal((await inside(accountSid).incomingPhoneNumbers(sid).update(named)).voiceUrl, named.voiceUrl);
    const moved = await inside(accountSid).incomingPhoneNumbers(sid).update({ accountSid: sub.sid });
    assert.deepEqual([moved.sid, moved.accountSid, moved.phoneNumber, moved.voiceUrl], [sid, sub.sid, phoneNumber, null]);
    assert.deepEqual(await refusal(inside(accountSid).incomingPhoneNumbers(sid).fetch()), [404, 20404]);
    assert.equal((await inside(sub.sid).incomingPhoneNumbers(sid).fetch()).friendlyName, 'Cold store');
    const { authToken: token } = await inside(sub.sid).fetch();
    const own = signIn(server, sub.sid, token, sub.sid, answers);
    assert.deepEqual(await refusal(own.incomingPhoneNumbers(sid).update({ accountSid })), [400, 21474]);
    const stranger = 'AC00000000000000000000000000000099';
    assert.deepEqual(await refusal(inside(sub.sid).incomingPhoneNumbers(sid).update({ accountSid: stranger })), [400, 21473]);
    assert.equal(await inside(sub.sid).incomingPhoneNumbers(sid).remove(), true);
    assert.deepEqual(await inside(sub.sid).incomingPhoneNumbers.list(), []);
  });

  await test.test('what was sent and called is listed, the newest first, as much as usage counts', async () => {
    const since = new Date(Date.now() - 13 * 86_400_000);
    const counted = async (category) => Number((await inside(accountSid).usage.records.list({ category, startDate: since, includeSubaccounts: false }))[0].count);
    const texts = await inside(accountSid).messages.list({ pageSize: 1000 });
    const sent = texts.filter(({ direction }) => direction === 'outbound-api');
    const calls = await inside(accountSid).calls.list({ pageSize: 1000 });
    assert.ok(calls.every(({ direction, status }) => direction === 'outbound-api' && status === 'completed'));
    // What usage counts for the rest of the day is not there yet.
    assert.ok(sent.length > 0 && sent.length <= await counted('sms-outbound'));
    assert.ok(calls.length <= await counted('calls-outbound'));
    assert.ok(texts.every(({ dateSent }, place) => dateSent <= (texts[place - 1]?.dateSent ?? Date.now())));
  });

  await test.test('usage and balance are read', async () => {
    const total = { category: 'totalprice' };
    const [all] = await inside(accountSid).usage.records.lastMonth.list(total);
    const [alone] = await inside(accountSid).usage.records.lastMonth.list({ ...total, includeSubaccounts: false });
    assert.ok(Number(all.price) > Number(alone.price) && Number(alone.price) > 0);
    const days = await inside(accountSid).usage.records.daily.list({ ...total, startDate: new Date(all.startDate), endDate: new Date(all.endDate) });
    const sum = days.reduce((cents, { price }) => cents + Math.round(Number(price) * 1e5), 0);
    assert.equal(sum, Math.round(Number(all.price) * 1e5));
    const balance = await inside(accountSid).balance.fetch();
    assert.equal(balance.currency, 'USD');
    assert.deepEqual(await refusal(inside(sub.sid).balance.fetch()), [404, 20404]);
  });

  await test.test("a restricted key is made through iam with the subaccount's own token", async () => {
    const { authToken: token } = await inside(sub.sid).fetch();
    const own = signIn(server, sub.sid, token, sub.sid, answers);
    const made = await own.iam.v1.newApiKey.create({ accountSid: sub.sid, friendlyName: 'Texts', keyType: 'restricted', policy: POLICY });
    assert.deepEqual(made.policy, POLICY);
    const restricted = signIn(server, made.sid, made.secret, sub.sid, answers);
    assert.deepEqual(await restricted.messages.list({ limit: 1 }), []);
    assert.deepEqual(await refusal(restricted.usage.records.list({ limit: 1 })), [401, 70051]);
    assert.equal((await own.iam.v1.apiKey(made.sid).fetch()).friendlyName, 'Texts');
    const updated = await own.iam.v1.apiKey(made.sid).update({ policy: { allow: ['/twilio/billing/usage/read'] } });
    assert.deepEqual(updated.policy, { allow: ['/twilio/billing/usage/read'] });
    assert.ok((await restricted.usage.records.list({ limit: 1 })).length === 1);
    const listed = await own.iam.v1.getApiKeys.list({ accountSid: sub.sid, pageSize: 1 });
    assert.deepEqual(listed.map(({ flags }) => flags.includes('restricted')).sort(), [false, true]);
    assert.deepEqual(await refusal(parent.iam.v1.newApiKey.create({ accountSid: sub.sid })), [403, 20006]);
    assert.equal(await own.iam.v1.apiKey(made.sid).remove(), true);
  });

  await test.test('the Auth Token is rotated by way of a secondary one', async () => {
    const { authToken: token } = await inside(sub.sid).fetch();
    const old = signIn(server, sub.sid, token, sub.sid, answers);
    const { secondaryAuthToken } = await old.accounts.v1.secondaryAuthToken().create();
    const fresh = signIn(server, sub.sid, secondaryAuthToken, sub.sid, answers);
    assert.equal((await fresh.api.v2010.accounts(sub.sid).fetch()).sid, sub.sid);
    assert.equal((await fresh.accounts.v1.authTokenPromotion().update()).authToken, secondaryAuthToken);
    assert.deepEqual(await refusal(old.api.v2010.accounts(sub.sid).fetch()), [401, 20003]);
    await fresh.accounts.v1.secondaryAuthToken().create();
    assert.equal(await fresh.accounts.v1.secondaryAuthToken().remove(), true);
  });

  await test.test('each Region has tokens and keys of its own, and accepts no others', async () => {
    for (const [region, token] of [['ie1', server.authTokenIe1], ['au1', server.authTokenAu1]]) {
      const there = signInRegion(region, server, accountSid, token, accountSid, answers);
      const { authToken: own } = await there.api.v2010.accounts(sub.sid).fetch();
      assert.notEqual(own, (await inside(sub.sid).fetch()).authToken);
      assert.deepEqual(await there.api.v2010.accounts(sub.sid).keys.list(), []);
      const made = await there.api.v2010.accounts(sub.sid).newKeys.create({ friendlyName: region });
      const signed = signInRegion(region, server, made.sid, made.secret, sub.sid, answers);
      assert.deepEqual(await signed.messages.list({ limit: 1 }), []);
      assert.deepEqual(await refusal(signIn(server, made.sid, made.secret, sub.sid, answers).messages.list({ limit: 1 })), [401, 20003]);
      const withHomeToken = signInRegion(region, server, accountSid, authToken, accountSid, answers);
      assert.deepEqual(await refusal(withHomeToken.api.v2010.accounts.list({ limit: 1 })), [401, 20003]);
    }
  });

  await test.test('the key is deleted and the subaccount closed for good', async () => {
    const [{ sid }] = await inside(sub.sid).keys.list();
    assert.equal(await inside(sub.sid).keys(sid).remove(), true);
    assert.deepEqual(await refusal(inside(sub.sid).keys(sid).remove()), [404, 20404]);
    assert.deepEqual(await refusal(key.messages.list({ limit: 1 })), [401, 20003]);
    assert.equal((await inside(sub.sid).update({ status: 'closed' })).status, 'closed');
    assert.deepEqual(await refusal(inside(sub.sid).update({ status: 'active' })), [400, 21479]);
    const closed = await inside(sub.sid).fetch();
    assert.deepEqual([closed.status, closed.friendlyName], ['closed', 'Étoile']);
    assert.deepEqual(await inside(sub.sid).incomingPhoneNumbers.list(), []);
  });

  await test.test('the client refuses to leave loopback', async () => {
    await assert.rejects(parent.lookups.v2.phoneNumbers('+12025550100').fetch(), /refusing to contact lookups.twilio.com/);
  });
}
