// Every operation the practice server has, every list over several pages, without the client in between.
import assert from 'node:assert/strict';

export const OPERATIONS = [
  'get /2010-04-01/Accounts.json',
  'post /2010-04-01/Accounts.json',
  'get /2010-04-01/Accounts/{Sid}.json',
  'post /2010-04-01/Accounts/{Sid}.json',
  'get /2010-04-01/Accounts/{AccountSid}/Balance.json',
  'get /2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json',
  'get /2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{Sid}.json',
  'post /2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{Sid}.json',
  'delete /2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{Sid}.json',
  'get /2010-04-01/Accounts/{AccountSid}/Messages.json',
  'get /2010-04-01/Accounts/{AccountSid}/Calls.json',
  ...['', '/AllTime', '/Daily', '/LastMonth', '/Monthly', '/ThisMonth', '/Today', '/Yearly', '/Yesterday'].map(
    (period) => `get /2010-04-01/Accounts/{AccountSid}/Usage/Records${period}.json`,
  ),
  ...['Keys', 'SigningKeys'].flatMap((name) => [
    `get /2010-04-01/Accounts/{AccountSid}/${name}.json`,
    `post /2010-04-01/Accounts/{AccountSid}/${name}.json`,
    `get /2010-04-01/Accounts/{AccountSid}/${name}/{Sid}.json`,
    `post /2010-04-01/Accounts/{AccountSid}/${name}/{Sid}.json`,
    `delete /2010-04-01/Accounts/{AccountSid}/${name}/{Sid}.json`,
  ]),
  'get /v1/Keys',
  'post /v1/Keys',
  'get /v1/Keys/{Sid}',
  'post /v1/Keys/{Sid}',
  'delete /v1/Keys/{Sid}',
  'post /v1/AuthTokens/Promote',
  'post /v1/AuthTokens/Secondary',
  'delete /v1/AuthTokens/Secondary',
];

export async function sweep(server, answers) {
  const { accountSid, authToken, baseUrl } = server;
  const credentials = Buffer.from(`${accountSid}:${authToken}`).toString('base64');

  async function ask(method, uri, form) {
    const response = await fetch(new URL(uri, baseUrl), {
      method,
      headers: { authorization: `Basic ${credentials}` },
      body: form && new URLSearchParams(form),
    });
    const text = await response.text();
    const answer = { method, path: new URL(response.url).pathname, status: response.status, body: text === '' ? '' : JSON.parse(text) };
    assert.ok(answer.status < 300, `${method} ${uri}: ${text}`);
    answers.push(answer);
    return answer.body;
  }

  // Three pages forward, so that there are links to both sides, and one back.
  async function pages(uri) {
    let page = await ask('get', uri);
    for (let count = 0; count < 2; count += 1) {
      const next = page.next_page_uri ?? page.meta?.next_page_url;
      if (next) page = await ask('get', next);
    }
    const previous = page.previous_page_uri ?? page.meta?.previous_page_url;
    if (previous) await ask('get', previous);
  }

  const account = `/2010-04-01/Accounts/${accountSid}`;
  const { accounts } = await ask('get', '/2010-04-01/Accounts.json?PageSize=1000');
  for (const { sid } of accounts) {
    for (const list of ['Keys', 'SigningKeys', 'IncomingPhoneNumbers', 'Messages', 'Calls', 'Usage/Records/ThisMonth']) {
      await ask('get', `/2010-04-01/Accounts/${sid}/${list}.json`);
    }
    for (const list of ['IncomingPhoneNumbers', 'Calls']) await pages(`/2010-04-01/Accounts/${sid}/${list}.json?PageSize=1`);
  }
  await pages('/2010-04-01/Accounts.json?PageSize=40');
  for (const list of ['Keys', 'SigningKeys', 'IncomingPhoneNumbers', 'Messages', 'Calls']) await pages(`${account}/${list}.json?PageSize=1`);
  for (const period of ['', '/AllTime', '/Daily', '/LastMonth', '/Monthly', '/ThisMonth', '/Today', '/Yearly', '/Yesterday']) {
    await pages(`${account}/Usage/Records${period}.json?PageSize=5`);
  }
  await pages(`/v1/Keys?AccountSid=${accountSid}&PageSize=1`);
  await ask('get', `${account}/Balance.json`);

  const owner = accounts.find(({ sid, status }) => sid !== accountSid && status === 'active').sid;
  const numbers = `/2010-04-01/Accounts/${owner}/IncomingPhoneNumbers`;
  for (const { sid } of (await ask('get', `${numbers}.json`)).incoming_phone_numbers) {
    await ask('get', `${numbers}/${sid}.json`);
    await ask('post', `${numbers}/${sid}.json`, { FriendlyName: 'Swept', SmsUrl: 'https://answering.example/texts' });
    await ask('post', `${numbers}/${sid}.json`, { AccountSid: accountSid });
    await ask('delete', `${account}/IncomingPhoneNumbers/${sid}.json`);
  }

  const made = await ask('post', '/2010-04-01/Accounts.json', { FriendlyName: 'Swept' });
  await ask('get', `/2010-04-01/Accounts/${made.sid}.json`);
  await ask('post', `/2010-04-01/Accounts/${made.sid}.json`, { FriendlyName: 'Swept again', Status: 'suspended' });
  for (const name of ['Keys', 'SigningKeys']) {
    const { sid } = await ask('post', `${account}/${name}.json`);
    await ask('get', `${account}/${name}/${sid}.json`);
    await ask('post', `${account}/${name}/${sid}.json`, { FriendlyName: 'Named' });
    await ask('delete', `${account}/${name}/${sid}.json`);
  }
  const { sid } = await ask('post', '/v1/Keys', { AccountSid: accountSid });
  await ask('get', `/v1/Keys/${sid}`);
  await ask('post', `/v1/Keys/${sid}`, { FriendlyName: 'Named' });
  await ask('delete', `/v1/Keys/${sid}`);
  // Last, as they change what signs.
  await ask('post', '/v1/AuthTokens/Secondary');
  await ask('delete', '/v1/AuthTokens/Secondary');
  await ask('post', '/v1/AuthTokens/Secondary');
  await ask('post', '/v1/AuthTokens/Promote');
}
