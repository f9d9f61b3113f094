// Keys of services for machine learning.
import { base62, base64url } from '../../bytes.ts';
import { lowerHex } from './alphabets.ts';
import { atLeast, between, exactly, form, named } from './form.ts';
import { mixed, random } from './structures.ts';
import { detector } from './verify.ts';

const family = 'saas' as const;

export const aiDetectors = [
  detector({
    name: 'openai-key', family, title: 'OpenAI key', check: 'structure',
    doc: 'Project, service-account, admin and user keys of OpenAI.', facts: 'sk-, sometimes proj-, svcacct- or admin-, base64url, T3BlbkFJ in the middle (base64 of OpenAI) and base64url.', source: 'https://platform.openai.com/docs/api-reference/authentication',
    tokens: [form(['sk-', between(40, 220, base64url)], { anchor: 'T3Bl', lead: between(23, 120, base64url), judge: () => 0.98 })],
  }),
  detector({
    name: 'anthropic-key', family, title: 'Anthropic key', check: 'shape',
    doc: 'API, admin and OAuth keys of Anthropic.', facts: 'sk-ant-, a kind such as api03- or admin01-, 80 or more base64url characters, AA at the end.', source: 'https://platform.claude.com/docs/en/api/overview',
    tokens: [form(['sk-ant-', atLeast(85, base64url)], { anchor: 'k-an', offset: 1, judge: (bytes, start, end) => (bytes[end - 1] === 0x41 && bytes[end - 2] === 0x41 ? 0.98 : 0.85) })],
  }),
  detector({
    name: 'hugging-face-token', family, title: 'Hugging Face token', check: 'shape',
    doc: 'User and organization tokens of Hugging Face.', facts: 'hf_ or api_org_ and 34 letters.', source: 'https://huggingface.co/docs/hub/security-tokens',
    tokens: [form(['hf_', between(34, 40, base62)], { judge: random(3) }), form(['api_org_', exactly(34, base62)], { anchor: 'i_or', offset: 2, judge: random(8) })],
  }),
  detector({
    name: 'replicate-token', family, title: 'Replicate token', check: 'shape',
    doc: 'API tokens of Replicate.', facts: 'r8_ and 37 base-62 characters.', source: 'https://replicate.com/docs/topics/security/api-tokens',
    tokens: [form(['r8_', exactly(37, base62)], { judge: random(3) })],
  }),
  detector({
    name: 'groq-key', family, title: 'Groq key', check: 'structure',
    doc: 'API keys of Groq.', facts: 'gsk_, 20 base-62 characters, WGdyb3FY (base64 of XGroqX) and 24.', source: 'https://console.groq.com/docs/quickstart',
    tokens: [form(['gsk_', exactly(20, base62), 'WGdyb3FY', exactly(24, base62)], { judge: () => 0.98 })],
  }),
  detector({
    name: 'xai-key', family, title: 'xAI key', check: 'shape',
    doc: 'API keys of xAI.', facts: 'xai- and 80 base-62 characters.', source: 'https://docs.x.ai/docs/tutorial',
    tokens: [form(['xai-', exactly(80, base62)])],
  }),
  detector({
    name: 'perplexity-key', family, title: 'Perplexity key', check: 'shape',
    doc: 'API keys of Perplexity.', facts: 'pplx- and 48 base-62 characters.', source: 'https://docs.perplexity.ai/getting-started/quickstart',
    tokens: [form(['pplx-', between(48, 56, base62)])],
  }),
  detector({
    name: 'openrouter-key', family, title: 'OpenRouter key', check: 'shape',
    doc: 'API keys of OpenRouter.', facts: 'sk-or-v1- and 64 hex digits.', source: 'https://openrouter.ai/docs/api-reference/authentication',
    tokens: [form(['sk-or-v1-', exactly(64, lowerHex)], { anchor: 'k-or', offset: 1 })],
  }),
  detector({
    name: 'cohere-key', family, title: 'Cohere or Mistral key', check: 'context',
    doc: 'API keys of Cohere and of Mistral, by the name before them.', facts: '40 base-62 characters after a name with cohere or co_api_key; 32 after a name with mistral.', source: 'https://docs.cohere.com/reference/about',
    contexts: [named(['coher', 'co_ap'], String.raw`(?:[\w.-]{0,12}cohere[\w.-]{0,8}(?:key|token)|co_api_key)`, '[A-Za-z0-9]{40}', random(0, 0.96)), named(['istra'], String.raw`[\w.-]{0,12}mistral[\w.-]{0,8}key`, '[A-Za-z0-9]{32}', random(0, 0.96))],
  }),
  detector({
    name: 'pinecone-key', family, title: 'Pinecone key', check: 'shape',
    doc: 'API keys of Pinecone.', facts: 'pcsk_, 5 or 6 base-62 characters, _ and 60 or more.', source: 'https://docs.pinecone.io/guides/projects/manage-api-keys',
    tokens: [form(['pcsk_', between(4, 8, base62), '_', between(50, 70, base62)])],
  }),
  detector({
    name: 'langsmith-key', family, title: 'LangSmith key', check: 'shape',
    doc: 'Personal and service keys of LangSmith.', facts: 'lsv2_pt_ or lsv2_sk_, 32 hex digits, _ and 10.', source: 'https://docs.langchain.com/langsmith/create-account-api-key',
    tokens: ['lsv2_pt_', 'lsv2_sk_'].map((prefix) => form([prefix, exactly(32, lowerHex), '_', exactly(10, lowerHex)])),
  }),
  detector({
    name: 'tavily-key', family, title: 'Tavily or Together key', check: 'shape',
    doc: 'API keys of Tavily and Together.', facts: 'tvly-, dev- or prod- now and then, and 32 base-62 characters; tgp_v1_ and 43 base64url characters.', source: 'https://docs.tavily.com/documentation/api-reference/introduction',
    tokens: [form(['tvly-dev-', between(28, 40, base62)]), form(['tvly-', between(28, 40, base62)]), form(['tgp_v1_', exactly(43, base64url)])],
  }),
  detector({
    name: 'speech-api-key', family, title: 'ElevenLabs, Deepgram or AssemblyAI key', check: 'context',
    doc: 'API keys of services for speech, by the name before them.', facts: '32 or 40 hex digits after a name with elevenlabs, deepgram or assemblyai; sk_ and 48 hex digits for ElevenLabs.', source: 'https://elevenlabs.io/docs/api-reference/authentication',
    contexts: [named(['venla', 'xi-ap', 'epgra', 'blyai'], String.raw`(?:[\w.-]{0,12}(?:elevenlabs|deepgram|assemblyai)[\w.-]{0,8}key|xi-api-key)`, '(?:sk_[0-9a-f]{48}|[0-9a-f]{40}|[0-9a-f]{32})', mixed)],
  }),
];
