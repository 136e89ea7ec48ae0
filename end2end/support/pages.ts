// Every page there is, once for each state that looks different. The checks in tests/pages go through this list,
// and fail for a page that a link leads to and that is not in it.

import type { Viewer, WithLink } from "./viewers.ts";

export interface Listed {
  /** What the page is called in the report. */
  name: string;
  /** Where it is. A place that comes in a letter is named by the letter; names in braces are filled in. */
  path: string | { letter: WithLink };
  viewer: Viewer;
  /** 200 unless it says otherwise. */
  status?: number;
  /** Typed into the form on the page, which is then sent: what comes back is what is looked at. */
  typed?: Record<string, string>;
  /** Whether browsers keep it, and only ask whether it is still the same: it is so for everybody. */
  isKept?: boolean;
  /** Whether everything that folds is unfolded first. */
  isUnfolded?: boolean;
  /** Pages of the same make, of which this one is looked at. */
  standsFor?: RegExp;
}

const COURSE = "/courses/how-this-place-works";
const LESSON = (slug: string) => `/learn/how-this-place-works/${slug}`;

const PROGRAMME = "/training/programmes/peer-support-worker";

export const PAGES: Listed[] = [
  { name: "first page", path: "/", viewer: "anybody", isKept: true },
  { name: "prospectus", path: "/courses", viewer: "anybody", isKept: true },
  { name: "prospectus, looked through with a slip", path: "/courses?q=understading", viewer: "anybody" },
  { name: "prospectus, narrowed down to nothing", path: "/courses?q=zzz&category=Getting+started&plain=yes", viewer: "anybody" },
  { name: "course, long and with notes", path: "/courses/understanding-mental-health", viewer: "anybody", isKept: true },
  { name: "course", path: COURSE, viewer: "anybody", isKept: true, standsFor: /^\/courses\/[^/]+$/ },
  { name: "about", path: "/pages/about", viewer: "anybody", isKept: true },
  { name: "privacy notice", path: "/pages/privacy", viewer: "anybody", isKept: true },
  { name: "accessibility statement", path: "/pages/accessibility", viewer: "anybody", isKept: true },
  { name: "data register", path: "/privacy/register", viewer: "anybody", isKept: true },
  { name: "check a certificate", path: "/certificates", viewer: "anybody", isKept: true },
  { name: "check a certificate, refused", path: "/certificates?code=7K3Q+9XT", viewer: "anybody", status: 422 },
  { name: "certificate, genuine", path: "{certificate}", viewer: "anybody", standsFor: /^\/certificates\/[0-9A-Z-]+$/, isUnfolded: true },
  { name: "certificate, withdrawn", path: "{withdrawn}", viewer: "anybody", status: 410 },
  { name: "certificate, a slip in its code", path: "/certificates/7K3Q-9XTM-2B8R-5DNA", viewer: "anybody", status: 404 },
  { name: "page not found", path: "/nothing-here", viewer: "anybody", status: 404 },

  { name: "register", path: "/register", viewer: "anybody" },
  {
    name: "register, refused",
    path: "/register",
    viewer: "anybody",
    status: 422,
    typed: { known_as: "", email: "nobody", password: "password12" },
  },
  { name: "register, too young", path: "/register", viewer: "anybody", typed: { old_enough: "no" } },
  { name: "registered, look in your mail", path: "/register/sent", viewer: "anybody" },
  { name: "confirm", path: { letter: "confirm" }, viewer: "anybody", standsFor: /^\/confirm\/[^/]+$/ },
  { name: "link that works no more", path: "/confirm/long-gone", viewer: "anybody", status: 404 },

  { name: "sign in", path: "/sign-in", viewer: "anybody" },
  { name: "sign in, address confirmed", path: "/sign-in?confirmed=yes", viewer: "anybody" },
  // What is no address at all is not counted as a try, of which the machine would soon have had too many.
  {
    name: "sign in, refused",
    path: "/sign-in",
    viewer: "anybody",
    status: 422,
    typed: { email: "nobody", shared: "yes" },
  },
  { name: "forgotten password", path: "/forgotten", viewer: "anybody" },
  { name: "forgotten password, look in your mail", path: "/forgotten/sent", viewer: "anybody" },
  { name: "choose a new password", path: { letter: "reset" }, viewer: "anybody", standsFor: /^\/reset\/[^/]+$/ },

  { name: "invitation", path: { letter: "invitation" }, viewer: "anybody", standsFor: /^\/invitation\/[^/]+$/ },
  { name: "invitation, refused", path: { letter: "invitation" }, viewer: "anybody", status: 422, typed: { password: "password12" } },
  { name: "invitation, signed in as somebody else", path: { letter: "invitation" }, viewer: "newcomer" },
  { name: "sign in, joined", path: "/sign-in?joined=yes", viewer: "anybody" },
  { name: "new address", path: { letter: "address" }, viewer: "anybody", standsFor: /^\/address\/[^/]+$/ },

  { name: "today, empty", path: "/today", viewer: "newcomer" },
  { name: "today, with a course", path: "/today", viewer: "learner" },
  { name: "today, with a finished course", path: "/today", viewer: "finisher" },
  { name: "me", path: "/me", viewer: "newcomer" },
  { name: "me, as an administrator", path: "/me?done=joined", viewer: "administrator" },
  { name: "about me", path: "/me/about", viewer: "newcomer" },
  { name: "about me, refused", path: "/me/about", viewer: "newcomer", status: 422, typed: { known_as: "", way: "text" } },
  { name: "change my address", path: "/me/address", viewer: "newcomer" },
  { name: "change my address, look in your mail", path: "/me/address/sent", viewer: "newcomer" },
  { name: "when I am away", path: "{away}", viewer: "administrator", standsFor: /^\/me\/away\/[^/]+$/ },
  { name: "not with", path: "/me/not-with", viewer: "newcomer" },
  { name: "not with, as somebody for whom others are chosen", path: "/me/not-with", viewer: "administrator" },
  { name: "what I need", path: "/me/access-needs", viewer: "newcomer" },
  { name: "my log", path: "/me/log", viewer: "newcomer" },
  { name: "what people need", path: "/access-needs", viewer: "supervisor" },
  { name: "what somebody needs", path: "{needs}", viewer: "supervisor", standsFor: /^\/access-needs\/[^/]+$/ },
  { name: "where one is signed in", path: "/me/sign-ins", viewer: "newcomer" },
  { name: "second step", path: "/me/second-factor", viewer: "newcomer" },
  { name: "step up", path: "/step-up", viewer: "newcomer" },
  { name: "my courses, none", path: "/learn", viewer: "newcomer" },
  { name: "my courses", path: "/learn", viewer: "learner" },
  { name: "my courses, one finished", path: "/learn", viewer: "finisher" },
  { name: "my plan, empty", path: "/plan", viewer: "newcomer" },
  { name: "my plan", path: "/plan?done=kept", viewer: "planner", isUnfolded: true },
  { name: "my plan, words", path: "/plan/words", viewer: "newcomer" },
  { name: "my plan, words newer elsewhere", path: "/plan/words", viewer: "planner", status: 409, typed: { hopes: "<b>Mine</b>", revision: "7" } },
  { name: "goal, new", path: "/plan/goals/new", viewer: "newcomer" },
  { name: "goal, refused", path: "/plan/goals/new", viewer: "newcomer", status: 422, typed: { notice: "I go to town" } },
  { name: "goal", path: "{goal}", viewer: "planner", isUnfolded: true, standsFor: /^\/plan\/goals\/[^/]+$/ },
  { name: "looking back", path: "/plan/reviews/new", viewer: "newcomer", standsFor: /^\/plan\/reviews\/[^/]+$/ },
  { name: "looking back, refused", path: "/plan/reviews/new", viewer: "newcomer", status: 422, typed: { held_day: "32", with: "alone" } },
  { name: "erase my plan", path: "/plan/erase", viewer: "planner" },
  { name: "what I wrote after lessons, nothing", path: "/me/reflections", viewer: "newcomer" },
  { name: "who reads my plan", path: "/plan/share", viewer: "planner" },
  { name: "plans that learners show me", path: "/plans", viewer: "tutor" },
  { name: "plan of a learner", path: "{plan}", viewer: "tutor", isUnfolded: true, standsFor: /^\/plans\/[^/]+$/ },
  { name: "my certificate, not yet", path: LESSON("certificate"), viewer: "learner" },
  { name: "my certificate, to be made", path: LESSON("certificate"), viewer: "finisher" },
  { name: "my certificate, refused", path: LESSON("certificate"), viewer: "finisher", status: 422, typed: { shows: "full_name", full_name: "" } },
  { name: "my certificate", path: `${LESSON("certificate")}?done=made`, viewer: "certified", standsFor: /^\/learn\/[^/]+\/certificate$/ },
  { name: "which name my certificate shows", path: `${LESSON("certificate")}/name`, viewer: "certified", standsFor: /\/certificate\/name$/ },
  { name: "withdraw my certificate", path: `${LESSON("certificate")}/withdraw`, viewer: "certified", standsFor: /\/certificate\/withdraw$/ },
  { name: "check, not tried", path: "{check}", viewer: "learner", standsFor: /^\/learn\/[^/]+\/[^/]+\/check\/[^/]+$/ },
  { name: "check, refused", path: "{check}", viewer: "learner", status: 422, typed: {} },
  { name: "check, tried", path: "{check}", viewer: "finisher" },
  { name: "reflection, nothing written", path: `${LESSON("what-is-kept")}/reflection`, viewer: "learner", standsFor: /^\/learn\/[^/]+\/[^/]+\/reflection$/ },
  { name: "reflection, newer elsewhere", path: `${LESSON("at-your-own-pace")}/reflection`, viewer: "finisher", status: 409, typed: { reflection: "<b>Mine</b>", revision: "7" } },
  { name: "check that is no more", path: `${LESSON("what-is-kept")}/check/0123456789`, viewer: "learner", status: 409 },
  { name: "feedback, nothing said", path: `${COURSE}/feedback`, viewer: "learner", standsFor: /^\/courses\/[^/]+\/feedback$/ },
  {
    name: "feedback, looks personal",
    path: `${COURSE}/feedback`,
    viewer: "learner",
    status: 422,
    typed: { good: "yes", helped: "Ring 07700 900123", change: "</textarea><b>More</b> rivers" },
  },
  { name: "feedback, kept", path: `${COURSE}/feedback?done=kept`, viewer: "finisher" },
  { name: "course, signed in", path: COURSE, viewer: "newcomer" },
  { name: "lesson, unread", path: LESSON("what-is-kept"), viewer: "learner", standsFor: /^\/learn\/[^/]+\/[^/]+$/ },
  { name: "lesson, read and unfolded", path: LESSON("at-your-own-pace"), viewer: "learner", isUnfolded: true },
  { name: "last lesson, all read", path: LESSON("people-alongside-you"), viewer: "finisher" },
  { name: "lesson of a course not taken", path: LESSON("what-is-kept"), viewer: "newcomer", status: 404 },

  { name: "people", path: "{organisation}/people", viewer: "administrator", standsFor: /^\/organisation\/[^/]+\/people$/ },
  { name: "people, found by name", path: "{organisation}/people?name=kim", viewer: "administrator" },
  { name: "people, nobody of that name", path: "{organisation}/people?name=nobody+at+all&kind=tutor", viewer: "administrator" },
  { name: "people who have left", path: "{organisation}/people?kind=left", viewer: "administrator" },
  { name: "invite", path: "{organisation}/people/invite", viewer: "administrator", standsFor: /\/people\/invite$/ },
  { name: "invite, refused", path: "{organisation}/people/invite", viewer: "administrator", status: 422, typed: { email: "x" } },
  { name: "one person", path: "{person}", viewer: "administrator", standsFor: /^\/organisation\/[^/]+\/people\/[0-9a-f-]+$/ },
  { name: "choose somebody", path: "{person}/relate/guide", viewer: "administrator", standsFor: /\/relate\/\w+$/ },
  { name: "change an engagement", path: "{engagement}", viewer: "administrator", standsFor: /\/engagements\/[^/]+$/ },
  { name: "services, teams and sites", path: "{organisation}/places", viewer: "administrator", standsFor: /\/places$/ },
  { name: "settings", path: "{organisation}/settings", viewer: "administrator", standsFor: /^\/organisation\/[^/]+\/settings$/ },
  { name: "settings, refused", path: "{organisation}/settings", viewer: "administrator", status: 422, typed: { minimum_age: "9" } },
  { name: "own words", path: "{organisation}/words", viewer: "administrator", standsFor: /\/words$/ },
  { name: "second step of an organisation", path: "{organisation}/second-factor", viewer: "administrator", standsFor: /^\/organisation\/[^/]+\/second-factor$/ },
  { name: "figures of the college", path: "/college/figures", viewer: "administrator", isUnfolded: true },
  { name: "figures of a term in which nothing happened", path: "/college/figures?term=2026-summer", viewer: "administrator" },
  { name: "what people wrote, of too few", path: "/college/figures/how-this-place-works/2026-summer", viewer: "administrator", status: 404, standsFor: /^\/college\/figures\/[^/]+\/[^/]+$/ },
  { name: "taking out what somebody wrote, of too few", path: "/college/figures/how-this-place-works/2026-summer/helped/1", viewer: "administrator", status: 404, standsFor: /^\/college\/figures\/[^/]+\/[^/]+\/[^/]+\/[^/]+$/ },
  { name: "organisations", path: "/organisations", viewer: "administrator" },
  { name: "organisations, refused", path: "/organisations", viewer: "administrator", status: 422, typed: { name: "" } },
  { name: "first administrator", path: "{another}/administrator", viewer: "administrator", standsFor: /^\/organisations\/[^/]+\/administrator$/ },
  { name: "courses in writing", path: "/editing", viewer: "editor" },
  { name: "a new course", path: "/editing/new", viewer: "editor" },
  { name: "a new course, refused", path: "/editing/new", viewer: "editor", status: 422, typed: { name: "Two words" } },
  { name: "a course without a draft", path: "/editing/introduction-to-recovery", viewer: "editor", standsFor: /^\/editing\/[^/]+$/ },
  { name: "a draft", path: "{draft}", viewer: "editor", isUnfolded: true },
  { name: "a draft with things to put right", path: "{blank}", viewer: "editor" },
  { name: "about a course in writing", path: "{draft}/outline", viewer: "editor", standsFor: /^\/editing\/[^/]+\/outline$/ },
  { name: "about a course in writing, newer elsewhere", path: "{draft}/outline", viewer: "editor", status: 409, typed: { title: "Mine", revision: "7" } },
  { name: "about a course in writing, as text", path: "{draft}/outline?as=text", viewer: "editor" },
  { name: "a lesson in writing", path: "{draft}/lessons/what-helping-does", viewer: "editor", isUnfolded: true, standsFor: /^\/editing\/[^/]+\/lessons\/[^/]+$/ },
  { name: "a lesson with things to put right", path: "{blank}/lessons/{blank name}", viewer: "editor" },
  { name: "replace a draft by a ZIP", path: "{draft}/upload", viewer: "editor", standsFor: /^\/editing\/[^/]+\/upload$/ },
  { name: "replace a draft by a ZIP, refused", path: "{draft}/upload", viewer: "editor", status: 422, typed: {} },
  { name: "preview of a course", path: "{draft}/preview", viewer: "editor", standsFor: /^\/editing\/[^/]+\/preview$/ },
  { name: "preview of a lesson", path: "{draft}/preview/what-helping-does", viewer: "editor", standsFor: /^\/editing\/[^/]+\/preview\/[^/]+$/ },
  { name: "preview of a reflection", path: "{draft}/preview/what-helping-does/reflection", viewer: "editor", standsFor: /^\/editing\/[^/]+\/preview\/[^/]+\/reflection$/ },
  { name: "preview of a check", path: "{preview of a check}", viewer: "editor", standsFor: /^\/editing\/[^/]+\/preview\/[^/]+\/check\/[^/]+$/ },
  { name: "preview that has to wait", path: "{blank}/preview", viewer: "editor", status: 409 },
  { name: "nothing newer to compare", path: "{draft}/compare", viewer: "editor", standsFor: /^\/editing\/[^/]+\/compare$/ },
  { name: "two texts of a course", path: "{changed}/compare?with=published", viewer: "editor", isUnfolded: true },
  // Programmes, and the groups that go through them.
  { name: "programme", path: PROGRAMME, viewer: "anybody", isKept: true, standsFor: /^\/training\/programmes\/[^/]+$/ },
  { name: "session of a programme", path: `${PROGRAMME}/what-peer-support-is`, viewer: "anybody", isKept: true, standsFor: /^\/training\/programmes\/[^/]+\/[^/]+$/ },
  { name: "session of a programme, with notes before", path: `${PROGRAMME}/talking-about-suicide-and-self-harm`, viewer: "trainee" },
  { name: "handout", path: `${PROGRAMME}/handouts/three-names-side-by-side`, viewer: "anybody", isKept: true, standsFor: /^\/training\/programmes\/[^/]+\/handouts\/[^/]+$/ },
  { name: "how a session is held", path: `${PROGRAMME}/what-peer-support-is/notes`, viewer: "group tutor", standsFor: /^\/training\/programmes\/[^/]+\/[^/]+\/notes$/ },
  { name: "groups", path: "{groups}", viewer: "coordinator", standsFor: /^\/training\/at\/[^/]+\/cohorts$/ },
  { name: "a new group", path: "{groups}/new", viewer: "coordinator", standsFor: /^\/training\/at\/[^/]+\/cohorts\/new$/ },
  { name: "a new group, refused", path: "{groups}/new", viewer: "coordinator", status: 422, typed: { places: "none", time: "ten", link: "<b>here</b>" } },
  { name: "a group, as its coordinator", path: "{group}?done=begun", viewer: "coordinator", standsFor: /^\/training\/at\/[^/]+\/cohorts\/[^/]+$/ },
  { name: "name and places of a group", path: "{group}/terms", viewer: "coordinator", standsFor: /^\/training\/at\/[^/]+\/cohorts\/[^/]+\/terms$/ },
  { name: "tutors of a group", path: "{group}/tutors", viewer: "coordinator", standsFor: /^\/training\/at\/[^/]+\/cohorts\/[^/]+\/tutors$/ },
  { name: "a session of a group", path: "{session}", viewer: "coordinator", standsFor: /^\/training\/at\/[^/]+\/cohorts\/[^/]+\/sessions\/[^/]+$/ },
  { name: "a session of a group, refused", path: "{session}", viewer: "coordinator", status: 422, typed: { held_day: "32", time: "" } },
  { name: "a place in a group, found by name", path: "{group}/people?name=kim", viewer: "coordinator", standsFor: /^\/training\/at\/[^/]+\/cohorts\/[^/]+\/people$/ },
  { name: "my groups", path: "/training/cohorts", viewer: "trainee" },
  { name: "my groups, none", path: "/training/cohorts", viewer: "newcomer" },
  { name: "my place in a group", path: "{within}", viewer: "trainee", standsFor: /^\/training\/cohorts\/[^/]+$/ },
  { name: "a group, as its tutor", path: "{within}?done=register", viewer: "group tutor" },
  { name: "register of a session", path: "{register}", viewer: "group tutor", standsFor: /^\/training\/cohorts\/[^/]+\/sessions\/[^/]+\/register$/ },
  { name: "one person of a group", path: "{member}", viewer: "group tutor", standsFor: /^\/training\/cohorts\/[^/]+\/people\/[^/]+$/ },
  { name: "frameworks", path: "{frameworks}", viewer: "framework keeper", standsFor: /\/frameworks$/ },
  { name: "a framework", path: "{framework}?done=added", viewer: "framework keeper", standsFor: /\/frameworks\/[0-9a-f-]{36}$/ },
  { name: "what changed in a framework", path: "{framework}/changes", viewer: "framework keeper", standsFor: /\/frameworks\/[^/]+\/changes$/ },
  { name: "bring in a framework", path: "{frameworks}/new", viewer: "framework keeper", isUnfolded: true, standsFor: /\/frameworks\/new$/ },
  {
    name: "bring in a framework, refused",
    path: "{frameworks}/new",
    viewer: "framework keeper",
    status: 422,
    typed: { title: "", table: "code,title,</textarea><b>domain</b>" },
  },
  { name: "a new version of a framework", path: "{framework}/version", viewer: "framework keeper", standsFor: /\/frameworks\/[^/]+\/version$/ },
  { name: "levels", path: "{frameworks}/levels", viewer: "framework keeper", standsFor: /\/frameworks\/levels$/ },
  { name: "my competences, none taken up", path: "/training/competences", viewer: "newcomer" },
  { name: "my competences", path: "/training/competences?done=taken", viewer: "candidate" },
  { name: "one competence, needs a little more", path: "{competence}?done=added", viewer: "candidate", isUnfolded: true, standsFor: /^\/training\/competences\/[^/]+\/[^/]+$/ },
  { name: "one competence, not started", path: "{another competence}", viewer: "candidate", isUnfolded: true },
  { name: "add evidence", path: "{another competence}/evidence", viewer: "candidate", isUnfolded: true, standsFor: /^\/training\/competences\/[^/]+\/[^/]+\/evidence$/ },
  { name: "add evidence, looks personal", path: "{another competence}/evidence", viewer: "candidate", status: 422, typed: { kind: "informal", title: "x", words: "Ring 07700 900123" } },
  { name: "what waits for an assessor", path: "/training/assessing", viewer: "assessor" },
  { name: "competences of a candidate", path: "{theirs}", viewer: "assessor", standsFor: /^\/training\/assessing\/[^/]+\/[^/]+$/ },
  { name: "a competence of a candidate, judged", path: "{assessed}?done=judged", viewer: "assessor" },
  { name: "a competence of a candidate", path: "{theirs}/2.1", viewer: "assessor", standsFor: /^\/training\/assessing\/[^/]+\/[^/]+\/[^/]+$/ },
  { name: "a competence of a candidate, refused", path: "{theirs}/2.1", viewer: "assessor", status: 422, typed: { state: "needs_more" } },
  { name: "note something", path: "{assessed}/evidence", viewer: "assessor", isUnfolded: true, standsFor: /^\/training\/assessing\/.*\/evidence$/ },
  { name: "work that got stuck, none", path: "/jobs", viewer: "administrator" },
  { name: "page not found, signed in", path: "/nothing-here", viewer: "newcomer", status: 404 },
];

/** Pages that look different once terms have gone by, as they have in the demo. */
export const OF_THE_DEMO: Listed[] = [
  { name: "figures of a term that is over", path: "/college/figures?term={last term}", viewer: "played admin", isUnfolded: true },
  {
    name: "what people wrote",
    path: "/college/figures/understanding-mental-health/{last term}",
    viewer: "played admin",
    standsFor: /^\/college\/figures\/[^/]+\/[^/]+$/,
  },
  { name: "feedback, counted", path: "/courses/understanding-mental-health/feedback", viewer: "played expert" },
];

export function isListed(path: string): boolean {
  return PAGES.some((it) => it.path === path || it.standsFor?.test(path));
}
