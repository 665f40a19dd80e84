// Classes of words that the cues are written with. `stem*` stands for every word that begins so.

/** The words of a text, one after the other. */
export const list = (words: string): readonly string[] => words.trim().split(/\s+/u);

export const wordLists: Readonly<Record<string, readonly string[]>> = {
  you: list("you"),
  have: list("have has had"),
  be: list("am is are was were be been being"),
  do: list("do does did"),
  not: list("not never"),
  they: list("he she they"),
  person: list(`
    you your he she they his their management leadership boss manager managers people team nobody everyone everybody noone
    anyone anybody colleagues colleague hr
  `),
  // Words that only push.
  push: list(`
    just even simply really obviously clearly apparently still again always constantly continually continuously repeatedly
    deliberately completely totally consistently conveniently basically literally finally already actually once also all
    only fully so too very quite yet personally yourself keep kept keeps both bluntly blatantly knowingly routinely
    regularly seriously honestly systematically
  `),
  adverb: list(`
    ever even really actually once bothered bother yet properly fully just simply personally still seriously honestly truly
    gotten around to manage managed
  `),
  // What somebody did, when it hurts: after "you", "he", "they".
  harm: list(`
    ignor* forgot forget forgotten forgetting dismiss* overlook* neglect* broke broken breaking fail* refus* blam* undermin*
    lied lie lying mislead misled misleading wast* ruin* interrupt* dodg* withheld withhold withholding abandon* sabotag*
    belittl* humiliat* embarrass* exclud* stole steal stealing contradict* botch* screw* mismanag* micromanag* disrespect*
    insult* mock* patroni* shut shutting bully* bulli* betray* disappoint* exploit* manipulat* procrastinat* stonewall*
    ghost* gaslight* badmouth* trash* punish* postpone cancel cancelling canceling complain complaining nitpick* criticis*
    criticiz* discredit* sideline* sidelined sidelining brush* dump* dumping disregard* weaken* demotivat* deceiv* cheat*
    hog* snub* meddl* hinder* obstruct* squander* swept strung stringing bail* demean* overrul* overrode jeopardi* mishandl*
    misjudg* messed messing stalled stalling evad*
  `),
  // What somebody is called, when it hurts.
  slur: list(`
    incompetent* chaotic catastrophic disastrous erratic reckless lousy abysmal dreadful appalling lazy useless clueless hopeless stupid* idiot* moron* pathetic* ridiculous* unprofessional* careless* sloppy
    rude unfair* dishonest* toxic arrogant ignorant selfish  spineless cowardly hypocrit* disorganised disorganized
    unreliable unresponsive  unprepared biased disrespectful inconsiderate ungrateful two-faced petty childish 
     tone-deaf out-of-touch negligent irresponsible indecisive inept unhelpful dismissive condescending patronising
    patronizing passive-aggressive manipulative vindictive inexcusable thoughtless heartless shameless  impossible
    worthless unacceptable unreasonable unbearable absurd laughable amateurish amateur unqualified insulting insensitive
    defensive obtuse inflexible stubborn unavailable
  `),
  outrage: list(`
    unacceptable ridiculous outrageous unbelievable disgraceful disgusting shameful insulting disrespectful pathetic
    inexcusable unforgivable appalling laughable infuriating absurd intolerable nonsense bullshit rubbish garbage farce
    mockery disgrace joke travesty insult unprofessional slap circus shambles absurdity madness insane insanity demeaning
    humiliating degrading unheard-of preposterous
  `),
  fault: list(`
    fault faults hesitation reluctance stalling forgetfulness temper moods whims tone delay delays failure failures indecision indecisiveness silence negligence neglect refusal inaction
    incompetence ignorance inability excuse excuses attitude micromanagement micromanaging unwillingness favouritism
    favoritism carelessness laziness disrespect broken lack poor bad terrible awful horrible constant endless mistake
    mistakes mess chaos sloppiness arrogance ego hypocrisy lies empty so-called useless ridiculous bias unclear vague stupid
    pathetic lateness disinterest indifference stubbornness dithering foot-dragging mismanagement inconsistency absence
    unfair obvious apathy cluelessness pettiness unprofessional contradictory confusing passivity procrastination double
  `),
  // Verbs after "you never" and "you did not" that nobody minds.
  easy: list(`
    need have had mind worry hesitate rush pressure* pressured hurt give gave let lose lost complain* doubt* doubted blame
    blamed miss missed want judge* hold held ignored ignore dismissed dismiss micromanaged micromanage interrupt interrupted
    stop stopped rushed cut forget forgot made make get got see seen meet met know knew known cease* fail failed disappoint*
    too far stand stood just only so in at all on that as to for by a the yet waste wasted raised quit
  `),
  soon: list(`
    immediately asap now today tonight tomorrow yesterday instantly straightaway promptly pronto noon midnight eod cob hour
    hours minute minutes monday tuesday wednesday thursday friday weekend week morning afternoon evening lunch once
  `),
  raise: list(`
    raise promotion promotions pay salary bonus title recognition credit respect reward role position rise increase budget
    better more lead opportunity opportunities chance praise compensation apology answer explanation thanks gratitude
    appreciation seat place team office training headcount support treatment grade level package senior top highest spot
    project projects job
  `),
  times: list(`
    twice thrice repeatedly countless numerous several multiple many times dozen dozens hundred again weeks months days ages
  `),
  told: list(`
    told asked said mentioned explained reminded written wrote raised requested warned emailed e-mailed mailed sent stated
    pointed flagged chased repeated begged pinged messaged brought answered discussed complained nagged followed notified
    informed spelled indicated pleaded
  `),
  please: list(`
    please thank thanks grateful appreciate appreciated glad happy kind kindly thankful pleasure enjoy enjoyed love loved
    pleased welcome helpful helped helps proud lovely honoured honored delighted inspiring inspired learned learnt learn
    generous supportive congratulations relieved admire trust trusted gratitude respected
  `),
  warm: list(`
    thanks grateful appreciate appreciated glad kind kindly thankful pleasure loved pleased helpful helped helps
    lovely delighted inspiring inspired generous   supportive relieved admire gratitude welcome reassuring
    encouraging enjoyed enjoy trusted
  `),
  reason: list("because since so as otherwise therefore to for if when before until"),
  kin: list(`
    wife husband partner girlfriend boyfriend fiancé fiance fiancée spouse mother father mom mum mam dad son daughter
    brother sister child children kid kids baby parents grandmother grandfather mother-in-law father-in-law ex-wife
    ex-husband family twins nephew niece stepson stepdaughter toddler
  `),
  kinTrouble: list(`
    divorc* separat* custody died dying death passed dead funeral ill sick hospital* cancer dementia alzheimer* left leaving
    moved out alcohol* addict* drink* jail prison arrested affair cheat* fight* fought argu* problems trouble* crisis
    breakdown autis* disab* special therap* pregnan* miscarr* fertility ivf adopt* lost unemployed debt* abus* violen*
    suffer* struggl* care nursing surgery diagnos* marriage split breaking broke stroke accident attack expelled depress*
    rehab terminal* sleeping screaming court treatment wheelchair operation relationship bankrupt*
  `),
  illness: list(`
    angina allergy allergies psoriasis eczema scoliosis sciatica anaemia anemia cyst fracture glaucoma gout
    depression depressive burnout burn-out anxiety cancer tumour tumor diabetes epilepsy migraine migraines adhd add autism
    autistic bipolar ptsd dyslexia hiv aids covid hepatitis asthma arthritis fibromyalgia endometriosis insomnia alcoholism
    addiction dementia stroke miscarriage chemo chemotherapy radiotherapy antidepressants medication meds insulin therapist
    psychiatrist psychologist psychotherapist psychotherapy gynaecologist gynecologist oncologist cardiologist neurologist
    schizophrenia ocd anorexia bulimia crohn lupus parkinson sclerosis menopause ivf pregnancy disability illness disease
    disorder breakdown ulcer slipped herniated infection panic diagnosis seizure seizures hernia concussion surgery
    operation rehab health symptoms condition tinnitus vertigo leukaemia leukemia sobriety hysterectomy biopsy thyroid
    kidney doctor's vasectomy
  `),
  faith: list(`
    muslim christian catholic protestant jewish jew hindu buddhist sikh atheist mormon evangelical orthodox islam islamic
    jehovah religious religion faith church mosque synagogue ramadan baptist adventist hijab prayer prayers lent sabbath
    shabbat
  `),
  judgement: list(`
    underperform* incompetent lazy slacking slacks slacked slacker freeloader deadweight unreliable sloppy careless
    unqualified overpaid underqualified clueless useless mediocre disorganised disorganized drunk unmotivated unprofessional
    hungover toxic arrogant inept unfit overrated hopeless unproductive inexperienced insubordinate dishonest rude
  `),
  poorWork: list(`
    misses missed missing makes made botched botches fails failed struggles struggled struggling drops dropped delivers
    delivered forgets forgot does never always cannot can is was keeps barely hardly still comes came leaves left spends
    spent hides gets got has had takes took calls called shows showed slowing slows drags dragging
  `),
  earning: list(`
    earns earn earned makes gets got paid salary salaries bonus payslip pay wage wages raise compensation payrise
  `),
  money: list(`
    revenue revenues sales profit profits earnings margin margins ebitda turnover results figures numbers forecast guidance
    quarter acquisition merger takeover ipo layoff layoffs redundancies valuation dividend funding loss losses restructuring
    deal q1 q2 q3 q4 bookings bid divestment headcount reorganisation reorganization closure
  `),
  legal: list(`
    discriminat* harass* retaliat* lawsuit unlawful* unlawfully illegally victimis* victimiz* mobbing sexist sexism racist
    racism ageist ageism homophob* transphob* misogyn* whistleblow* defamation defamatory slander* libel* fraudulent
    embezzl* bribe bribes bribery bribing antisemit* islamophob* xenophob* ableist grope* molest* blackmail*
  `),
  legalTopic: list(`
    training trainings policy policies module course e-learning workshop page form hotline webinar act law exception
    argument state character characters access instruction value values input operation move detection detector filter
    classifier dataset metric metrics test tests prevention report guideline guidelines threshold analysis model error
    feature campaign parking imports dumping logging downloads poster posters programme program section
  `),
  // Where a sentence is about work on one of these subjects and not about a person.
  workTopic: list(`
    feature features release releases portal database module dashboard app api project workshop training page screen form
    system process policy report service backlog roadmap campaign rollout migration ticket tickets sprint pipeline import
    export field column table dataset survey safety leaflet brochure workflow software tool interface line
  `),
  state: list(`
    required optional weak strong reset wrong correct missing done safe secure back long short enough valid invalid here
    there gone new old fine ready next live late overdue working stored sent lost stale unknown empty mandatory it this that
    down up out key due now easy hard better again
  `),
  timesOften: list("twice thrice repeatedly times countless umpteen dozens"),
  numeral: list("one two three four five six seven eight nine ten twelve twenty"),
  bothering: list("bother bothered care try trying"),
  imperative: list(`
    send give approve sign fix answer reply respond decide promote pay stop start call write change cancel confirm deliver
    finish forward explain tell get make raise increase hire replace remove resolve solve act handle talk schedule book
    order prepare update review read check meet come move take do support correct close plan
  `),
  soonDay: list(`
    tomorrow today tonight monday tuesday wednesday thursday friday noon eod cob week day morning afternoon month now
  `),
  due: list(`
    raise promotion answer answers explanation apology decision confirmation desk office chair holiday holidays leave shift shifts
    contract laptop approval signature title role post position project budget bonus salary assistant training respect
    clarity result results solution change changes replacement response reply date commitment guarantee statement proposal money
    hours overtime schedule transfer weekend plan team lead seat place spot job client clients account recognition credit
  `),
  grade: list(`
    management manager managers leadership leaders boss bosses supervisor supervisors lead leads hr upstairs headquarters board
    department colleagues they others team directors director superiors headmaster headmistress principal chef foreman matron dean owner ceo
    chief headteacher supervisors'
  `),
  // What people who are absent are said to do, when it hurts.
  shirk: list(`
    ignores ignore ignored blames blame dodges dodge lies hides hide hid undermines undermine belittles belittle mocks mock humiliates
    exploits exploit gossips gossip pretends pretend sabotages bullies bully manipulates favours favors preaches preach wastes
    dithers dither neglects neglect stonewalls ghosts cheats cheat shrugs shrug sleeps sleep snores avoids avoid looks-away
    shouts yells screams barks snaps sneers hog hogs sulks sulk whines whine sabotage backstab backstabs coast coasts slack slacks loaf loafs skive
  `),
  det: list("a an the my our this that his her your more better higher some these those"),
  kindly: list(`
    help* listen* explain* support* answer* encourag* back backed welcom* remember* care* share* thank* teach* taught trust*
    stay* try tried let were was are treat* inspir* praise* respect* bring brought offer* stand stood been understand
    understood appreciate* include* ask asked keep kept learn* said say tell told challenge*
  `),
  pushing: list("again from here anything"),
  colleague: list(`
    colleague colleagues teammate boss manager intern wife husband deputy else neighbour friend predecessor somebody someone
    patient pupil client everyone everybody
  `),
  staff: list(
    "colleague teammate intern deputy trainee apprentice receptionist nurse developer accountant cook porter driver secretary assistant technician designer foreman consultant temp newcomer hire successor predecessor deskmate cashier clerk salesman waiter janitor analyst",
  ),
  harmBy: list("i we he she they was were got being been"),
  notNames: list(`
    finance legal sales marketing support operations security engineering product design team board quality research
    procurement logistics dispatch warehouse controlling accounting internal europe germany london berlin paris the this
    that and but our your what how why when which status project skill still open dear hello best regards see hi thanks
    thank please mrs miss phase stage step part line level grade room ward building platform website github jira slack teams
    outlook kubernetes postgres docker linux windows android google microsoft amazon apple christmas easter ramadan decision
    question options everyone everybody nobody people option plan server service internet
  `),
  weekday: list(`
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december english german french excel python java sql i
  `),
  third: list(`
    supplier* vendor* customer* client* finance legal procurement it lab labs courier warehouse council bank agency auditor*
    authority provider* partner* contractor* insurer manufacturer* registry ministry printer hospital school department
    carrier landlord parts part delivery test tests results build permit quote them him her
  `),
};

/** First names that are common enough to be recognised where a sentence begins with them. */
export const firstNames = list(`
  adam ahmed alan alex alexander ali alice amy ana andrea andrew andy anita anja anna anne anton antonio ben bernd bill
  bob brian carl carla carlos carmen caroline cem charles charlie chen chloe chris christian christina claire clara
  claudia dan daniel dave david deniz diana dmitri dominik ed elena elif elisabeth elizabeth ella emil emily emma eric
  erik eva fatima felix fiona florian frank franz fred gabi george georg gerd grace greg hannah hans harry heike heinz
  helen helga henry holger ian ibrahim ines ingrid irene isabel ivan jack jake jakob james jan jana jane janet jason jean
  jenny jens jessica jim jo joan joe johan john jon jonas jonathan jordan jorge jose josef joseph juan judith julia julian
  jürgen kai karen karin karl kate katharina katja kelly ken kevin kim klaus kumar lara lars laura lea lena leo leon lily
  linda lisa louis louise luca lucas lucy luis lukas maria marie marco marcus marek mario mark markus marta martin martina
  mary matt matthew matthias max maya mehmet mia michael michelle miguel mike mohamed mohammed monika monica moritz nadia
  nancy natalie nathan nick nicole nina noah nora olaf oliver olivia omar oscar pablo pat patricia patrick paul paula
  pedro peter petra phil philip pierre priya rachel rainer raj ralf rebecca ricardo richard rita rob robert roger ron rosa
  ruth ryan sabine sally sam samuel sandra sara sarah sebastian silke silvia simon sofia sonja sophie stefan stefanie
  stephen steve steven sue susan susanne sven tanja tara ted teresa thomas tim tina tobias tom tony ulrich ursula uwe
  valentina vera victor victoria viktor walter wei wendy will wolfgang yasmin yuki yusuf zoe
`);

/** Irregular past forms: what a verb looks like after "you never" and "you did not" when it does not end in "-ed". */
export const pastForms = list(`
  withdrew withdrawn overslept slept spent lost sold built drove driven fell felt froze lent sat sought shook shot spread stuck stole threw thrown woke won proved broke broken forgotten forgot hid hidden rode rang rose swore torn tore began begun blown blew bent bound caught cost dealt dug drawn drew fed fled flew grew hung hit hurt knelt laid lain meant quit rid sang sank slid spun split stung struck swept swung wept wore came did gave got sent told said kept made took wrote read went saw heard held found brought bought thought taught
  caught chose spoke stood understood met paid put ran led left let set cut shown showed given taken written done gone
  seen spoken chosen cared come shared
`);
