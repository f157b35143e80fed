// The manual pages say what --help says: every verb, every option with what it takes, and nothing more.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { programs, root } from '../harness/guichet.mjs';

const help = (program, words = []) => execFileSync(join(programs, program), [...words, '--help'], { encoding: 'utf8' });

/** "--since DAY" of each line that begins with an option; several may share one. */
function optionsIn(text) {
  return text.split('\n').filter((line) => /^ +--[a-z]/.test(line)).flatMap((line) => line.trim().split(/ {2,}| \(|, GUICHET_/)[0].split(', '))
    .filter((option) => !['--help', '--version'].includes(option)).sort();
}

/** The same of a page's section: ".It Fl -since Ar DAY , Fl -until Ar DAY". */
function optionsOf(section) {
  return section.split('\n').filter((line) => line.startsWith('.It Fl')).flatMap((line) => line.slice('.It '.length).split(/ , (?=Fl)/))
    .map((item) => item.replace(/ , Ev .*/, '').replace('Fl ', '-').replace(/ (Ar|Cm) /g, ' ').replace(/ \| /g, '|'))
    .filter((option) => !['--help', '--version'].includes(option)).sort();
}

/** What stands under each heading of a page. */
function sectionsOf(page) {
  return Object.fromEntries(page.split(/^\.S[sh] /m).slice(1).map((part) => [part.slice(0, part.indexOf('\n')).toLowerCase(), part]));
}

const verbsOf = {
  'guichet-gen': (text) => [...text.matchAll(/^ {2}([a-z]+)(?: [A-Z]+)? {2,}/gm)].map(([, verb]) => verb),
  'guichet-api': (text) => [...text.matchAll(/^(?:usage:| {6}) guichet-api ([a-z]+(?:[ -][a-z]+)*)/gm)].map(([, verb]) => verb),
};

for (const [program, number] of [['guichet-gen', 1], ['guichet-api', 8]]) {
  describe(`${program}(${number})`, () => {
    const file = join(root, 'docs/man', `${program}.${number}`);
    const page = readFileSync(file, 'utf8');
    const sections = sectionsOf(page);
    const whole = help(program);
    const verbs = verbsOf[program](whole);

    it('has a section for each verb, and for nothing else', () => {
      assert.ok(verbs.length > 8, `${verbs}`);
      const headings = [...page.matchAll(/^\.Ss (.*)$/gm)].map(([, heading]) => heading);
      assert.deepEqual(headings.filter((heading) => heading !== 'Options of every verb').sort(), [...verbs].sort());
    });

    for (const verb of verbs) {
      it(`tells each option of "${verb}"`, () => {
        const own = help(program, verb.split(' ')).split('options of the deployment')[0];
        assert.deepEqual(optionsOf(sections[verb] ?? ''), optionsIn(own));
      });
    }

    it('tells each variable of the environment, and each option that is one, with its default', () => {
      const [, deployment = ''] = whole.split('options of the deployment:');
      assert.deepEqual(optionsOf(sections['options of the deployment'] ?? ''), optionsIn(deployment));
      const named = (text) => [...new Set(text.match(/GUICHET_[A-Z_<>]*[A-Z]/g) ?? [])].filter((name) => !name.includes('ACME')).sort();
      assert.deepEqual(named(page), named(whole));
      for (const [, option, fallback] of deployment.matchAll(/^ {2}--([a-z-]+).*\((.+)\)$/gm)) {
        const told = page.slice(page.indexOf(`.It Fl -${option} `)).split('\n.It ')[0].replace(/\n(\.(Pa|Cm) )?/g, ' ');
        assert.ok(told.includes(`default is ${fallback}`), `--${option}: ${fallback}`);
      }
    });

    it('is a page that man can show', (t) => {
      const { error, stdout, stderr, status } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', file], { encoding: 'utf8' });
      if (error) return t.skip('mandoc is not there (./build.sh test installs it)');
      assert.equal(`${stdout}${stderr}`, '');
      assert.equal(status, 0);
    });
  });
}
