import { list } from "./words.ts";

/** Words that nobody writes in capitals unless they are meant to be loud. Other words in capitals may be names of things. */
export const loudWords = list(`
    never always nobody everybody everyone every all any now today again must not stop why what when how you your me my
    need want please urgent important immediately very really still no yes too only ever enough this that the is are was
    were have has do does did can cannot will wont dont finally nothing everything answer read listen unacceptable
    ridiculous last late final same more and but because here there year years month week weeks days time times twice work
    done wrong asap impossible deserve raise promotion fix help waiting ignored just we they us our him her with for from
    about serious seriously first second third
`);

/** Those among them that stand in capitals for other reasons when they stand alone. */
export const quietAlone = list(`
    it us is no asap all can will and what how here there for with from time more work read help first last fix please
    today we me my this that him her just any done about day days week year are was do does did has
`);

/** Words that are put into quotes to say that they are not what they claim to be. */
export const ironicWords = list(`
    support supporting supportive help helping helpful feedback leadership leader leading mentoring mentor mentorship
    coaching guidance plan planning planned strategy strategic priority priorities urgent important emergency team
    teamwork expert experts expertise flexible flexibility fair fairness transparent transparency open honest busy vision
    visionary culture appreciation communication process agreement agreed quick fix solution advice promise promised
    opportunity opportunities development growth career trust respect valued family work working improvement improvements
    reorganisation efficient efficiency available availability accident accidentally forgot forgotten misunderstanding
    oversight brilliant genius great good professional management manager managing talent decision decisions discussed
    consulted informed resolved done soon later explanation apology reason reasons excellent inspiring innovation
    innovative temporary voluntary optional generous bonus reward performance friendly collaboration dialogue listening
`);
