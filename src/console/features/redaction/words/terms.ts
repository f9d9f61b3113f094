// Words that a newcomer does not know, each in one plain sentence.
export const terms = {
  durableId: 'A durable id is the name of the line of code that writes a record: its file and line, its event name, or the pattern of its message. It stays the same across releases.',
  residual: 'A second scanner, which knows nothing of the rules, looks at what is about to leave. What it finds was hidden by no rule: it is what is left.',
  keyRule: 'This rule goes by the name of the key, not by what stands under it: the whole value is hidden.',
  sensitiveKeys: 'OpenTelemetry\u2019s semantic conventions name keys that hold personal data or secrets, such as user.email. Their values are hidden whatever they look like.',
  default: 'What happens to a finding that no entry of this policy is about.',
  exporter: 'An exporter sends records on from the agent: what gets there has left. The agent\u2019s options name them; the only one is called default.',
  letPass: 'Let pass: a policy names it and leaves it in clear on purpose, with a reason. Left: it went out and no policy said so.',
  allowList: 'Attributes that went because an allow-list does not name them. No secret was found in them: they are no leak and no secret.',
  unproved: 'Nobody knows whether it leaves: no rule that runs is known to hide it, and the independent scan cannot tell, or looked at too little.',
  coverage: 'Part of the bytes that left while a rule or policy that redacts ran on them, whether or not it found something.',
  distinct: 'Different values, told apart by keyed fingerprints: no value is stored.',
} as const;
export type TermName = keyof typeof terms;

/** Names in the place of a detector that are none: how a policy came to hide it. */
export const detectorTerms: Readonly<Partial<Record<string, string>>> = {
  'key-rule': terms.keyRule, 'sensitive-key': terms.sensitiveKeys,
  'allow-list': 'This policy lets only the keys pass that it names. This one it does not name: it was taken out whole.',
};
