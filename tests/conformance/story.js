// The whole story of an admin, told by the official client: see, create, prove, rename, suspend, restrict, rotate, delete.
import assert from 'node:assert/strict';
import { signIn } from './loopback_client.js';

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
    assert.equal((await inside(sub.sid).update({ status: 'suspended' })).status, 'suspended');
    assert.deepEqual(await refusal(key.messages.list({ limit: 1 })), [401, 20005]);
    assert.equal((await inside(sub.sid).update({ status: 'active' })).status, 'active');
    assert.deepEqual(await key.messages.list({ limit: 1 }), []);
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

  await test.test('the key is deleted and the subaccount closed for good', async () => {
    const [{ sid }] = await inside(sub.sid).keys.list();
    assert.equal(await inside(sub.sid).keys(sid).remove(), true);
    assert.deepEqual(await refusal(inside(sub.sid).keys(sid).remove()), [404, 20404]);
    assert.deepEqual(await refusal(key.messages.list({ limit: 1 })), [401, 20003]);
    assert.equal((await inside(sub.sid).update({ status: 'closed' })).status, 'closed');
    assert.deepEqual(await refusal(inside(sub.sid).update({ status: 'active' })), [400, 21479]);
  });

  await test.test('the client refuses to leave loopback', async () => {
    await assert.rejects(parent.lookups.v2.phoneNumbers('+12025550100').fetch(), /refusing to contact lookups.twilio.com/);
  });
}
