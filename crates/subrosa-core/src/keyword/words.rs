//! The lists, hand-written, blank-separated, lower case.

use super::Classes;

pub(super) static LISTS: &[(Classes, &str)] = &[
    (
        Classes::ORDINAL,
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth \
         sixteenth seventeenth eighteenth nineteenth twentieth thirtieth primero primer ersten zweiten dritten vierten fünften \
         sechsten siebten siebenten achten neunten zehnten elften zwölften premier primo primeiro",
    ),
    (
        Classes::UNIT,
        "year years yr yrs month months week weeks wks day days fortnight decade decades \
         año años mes meses semana semanas día días jahr jahre jahren jahres monat monate monaten woche wochen tag tage tagen \
         an ans année années mois semaine semaines jour jours anno anni mese mesi settimana settimane giorno giorni \
         jaar jaren maand maanden weken dagen dag ano anos mês dia dias quinquennio lustro",
    ),
    (
        Classes::SHORT_UNIT,
        "hour hours hrs minute minutes mins second seconds hora horas minuto minutos stunde stunden minuten heure heures ora ore \
         minuti uur uren",
    ),
    (
        Classes::WEEKDAY,
        "monday tuesday wednesday thursday friday saturday sunday \
         lunes martes miércoles jueves viernes sábado domingo montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag \
         lundi mardi mercredi jeudi vendredi samedi dimanche lunedì martedì mercoledì giovedì venerdì sabato domenica maandag \
         dinsdag woensdag donderdag vrijdag zaterdag zondag",
    ),
    (
        Classes::MONTH,
        "january february march april may june july august september october november december enero febrero marzo abril mayo \
         junio julio agosto septiembre setiembre octubre noviembre diciembre januar jänner februar märz mai juni juli oktober \
         dezember janvier février mars avril juin juillet août septembre octobre novembre décembre gennaio febbraio aprile maggio \
         giugno luglio settembre ottobre dicembre januari februari maart mei augustus janeiro fevereiro março maio junho julho \
         setembro outubro novembro dezembro",
    ),
    (
        Classes::RELATIVE,
        "last next ago yesterday tomorrow pasado pasada próximo próxima ayer mañana anteayer hace letzte letzten letzter letztes \
         nächste nächsten nächster nächstes vorigen vorige vergangenen gestern vorgestern vor dernier dernière prochain prochaine \
         hier avant-hier passé passée scorso scorsa prossimo prossima ieri fa vorig volgende geleden gisteren passado passada \
         ontem há atrás",
    ),
    (
        Classes::AGE,
        "old age aged ages edad vida alt alter jährig jährige jähriger jährigen jähriges âge âgé âgée età leeftijd oud idade vie \
         twenties thirties forties fifties sixties seventies eighties nineties",
    ),
    (
        Classes::LIFE,
        "imprisonment imprisoned prison jail jailed sentence sentenced sentences custody detention detained probation parole \
         incarcerated incarceration convicted conviction disqualified exile exiled \
         condena condenado condenada prisión cárcel reclusión detención libertad arresto \
         haft freiheitsstrafe haftstrafe gefängnis verurteilt bewährung untersuchungshaft \
         emprisonnement prison condamné condamnée réclusion détention peine \
         reclusione condannato condannata carcere detenzione arresti gevangenisstraf gevangenis veroordeeld hechtenis \
         prisão condenado condenada detenção reclusão \
         married marriage employed employment worked tenure seniority",
    ),
    (
        Classes::WORK,
        "works worked work working employed occupation occupations profession job career trade retired former trabaja trabajaba \
         trabajador trabajó empleado empleada profesión ocupación oficio jubilado jubilada pensionista arbeitet arbeitete beruf \
         tätig berentet rentner travaille travaillait profession métier retraité retraitée lavora lavorava professione pensionato \
         pensionata werkt werkte beroep gepensioneerd gepensioneerde trabalha trabalhava profissão ocupação aposentado aposentada \
         reformado reformada",
    ),
    (
        Classes::STREET,
        "c calle calla cl av avd avda avenida avenido paseo pso plaza pza plza glorieta ronda carretera ctra camino carrer travesía \
         callejón rambla passeig plaça rúa rua avinguda urbanización polígono pasaje alameda kalea zumarkalea \
         rue avenue boulevard bd chemin impasse quai allée cours faubourg via viale piazza piazzale corso vicolo largo lungomare \
         strada praça travessa estrada rodovia ul ulica",
    ),
    (
        Classes::MONEY,
        "euro euros dollar dollars pound pounds sterling franc francs francos franken marks mark lira liras lire zloty zlotys \
         złotys złoty kronor kroner krona krone kronen schilling schillings peso pesos rupee rupees rouble roubles ruble rubles yen \
         yuan peseta pesetas escudo escudos forint forints koruna korunas drachma drachmas guilder guilders hryvnia hryvnias leu \
         lei leva dinar dinars reais dólar dólares dólar libra libras soles rand shekel shekels riyal dirham dirhams \
         eur usd gbp chf dem ats pln try trl ytl tl sek nok dkk czk huf ron rol bgn rub rur uah jpy cny inr brl mxn ars clp cop \
         pen cad aud nzd zar krw ils aed sar thb sgd hkd isk hrk frf itl esp nlg bef pte grd fim iep skk sit eek lvl ltl mdl amd \
         gel azn mkd rsd bam cyp mtl",
    ),
    (Classes::JOB, super::super::recognizers::generic::occupation::JOBS),
];
