// The official client's own HTTP client, sent to loopback: Twilio's three hosts are rewritten, any other is refused, and
// every answer is kept to be judged.
import twilio from 'twilio';

const HOSTS = new Set(['api.twilio.com', 'iam.twilio.com', 'accounts.twilio.com']);

export class LoopbackClient extends twilio.RequestClient {
  constructor(baseUrl, answers) {
    super();
    this.base = new URL(baseUrl);
    this.answers = answers;
  }

  async request(options) {
    const asked = new URL(options.uri);
    // The links of iam come back absolute and name the loopback host already.
    if (!HOSTS.has(asked.host) && asked.host !== this.base.host) {
      throw new Error(`refusing to contact ${asked.host}`);
    }
    asked.protocol = this.base.protocol;
    asked.host = this.base.host;
    const response = await super.request({ ...options, uri: asked.href });
    this.answers.push({
      method: options.method.toLowerCase(),
      path: asked.pathname,
      status: response.statusCode,
      body: typeof response.body === 'string' && response.body !== '' ? JSON.parse(response.body) : response.body,
    });
    return response;
  }
}

export function signIn(server, user, password, accountSid, answers) {
  return twilio(user, password, { accountSid, httpClient: new LoopbackClient(server.baseUrl, answers) });
}
