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
        Classes::CROSSING,
        "corner intersection junction crossing esquina cruce ecke kreuzung angle coin angolo incrocio hoek kruising",
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
    (
        Classes::ORIGIN,
        "black white español española alemán alemana francés francesa italiano italiana portugués portuguesa inglés inglesa holandés \
         holandesa belgo belga suizo suiza austriaco austriaca polaco polaca ruso rusa ucraniano ucraniana rumano rumana \
         búlgaro búlgara griego griega turco turca marroquí argelino argelina tunecino tunecina egipcio egipcia sirio \
         siria libanés libanesa israelí palestino palestina iraquí iraní afgano afgana pakistaní indio india bangladesí \
         chino china japonés japonesa coreano coreana filipino filipina vietnamita tailandés tailandesa senegalés \
         senegalesa nigeriano nigeriana malieno maliena ghanés ghanesa camerunés camerunesa congoleño congoleña etíope \
         somalí keniata estadounidense canadiense mexicano mexicana guatemalteco guatemalteca hondureño hondureña \
         salvadoreño salvadoreña nicaragüense costarricense panameño panameña cubano cubana dominicano dominicana \
         puertorriqueño puertorriqueña venezolano venezolana colombiano colombiana ecuatoriano ecuatoriana peruano peruana \
         boliviano boliviana chileno chilena argentino argentina uruguayo uruguaya paraguayo paraguaya brasileño brasileña \
         haitiano haitiana sudafricano sudafricana australiano australiana sueco sueca noruego noruega danés danesa \
         finlandés finlandesa irlandés irlandesa checo checa eslovaco eslovaca húngaro húngara croata serbio serbia \
         albanés albanesa georgiano georgiana armenio armenia catalán catalana vasco vasca gallego gallega andaluz \
         andaluza católico católica musulmán musulmana judí protestante evangélico evangélica gitano gitana caucásico \
         caucásica caucasiano caucasiana magrebí subsahariano subsahariana latinoamericano latinoamericana europe africano \
         africana asiático asiática mestizo mestiza français française allemand allemande anglais anglaise espagnol \
         espagnole italien italienne portugais portugaise belge suisse polonais polonaise russe ukrainien ukrainienne \
         roumain roumaine bulgare grec grecque turc turque marocain marocaine algérien algérienne tunisien tunisienne \
         égyptien égyptienne syrien syrienne libanais libanaise israélien israélienne palestinien palestinienne irakien \
         irakienne iranien iranienne afghan afghane pakistanais pakistanaise indien indienne chinois chinoise japonais \
         japonaise coréen coréenne vietnamien vietnamienne sénégalais sénégalaise malien malienne ivoirien ivoirienne \
         camerounais camerounaise congolais congolaise guinéen guinéenne togolais togolaise béninois béninoise gabonais \
         gabonaise rwandais rwandaise éthiopien éthiopienne somalien somalienne nigérian nigériane américain américaine \
         canadien canadienne mexicain mexicaine brésilien brésilienne haïtien haïtienne colombien colombienne argentin \
         argentine suédois suédoise norvégien norvégienne danois danoise kurde arménien arménienne géorgien géorgienne \
         tchétchène catholique musulman musulmane juif juive protestant berbère maghrébin maghrébine africain africaine \
         deutsche deutscher deutschen französische französischer französischen englische englischer englischen britische \
         britischer britischen spanische spanischer spanischen italienische italienischer italienischen portugiesische \
         portugiesischer portugiesischen niederländische niederländischer niederländischen belgische belgischer belgischen \
         österreichische österreichischer österreichischen polnische polnischer polnischen russische russischer russischen \
         ukrainische ukrainischer ukrainischen rumänische rumänischer rumänischen bulgarische bulgarischer bulgarischen \
         griechische griechischer griechischen türkische türkischer türkischen marokkanische marokkanischer marokkanischen \
         algerische algerischer algerischen tunesische tunesischer tunesischen ägyptische ägyptischer ägyptischen syrische \
         syrischer syrischen libanesische libanesischer libanesischen israelische israelischer israelischen \
         palästinensische palästinensischer palästinensischen irakische irakischer irakischen iranische iranischer \
         iranischen afghanische afghanischer afghanischen pakistanische pakistanischer pakistanischen indische indischer \
         indischen chinesische chinesischer chinesischen japanische japanischer japanischen koreanische koreanischer \
         koreanischen vietnamesische vietnamesischer vietnamesischen nigerianische nigerianischer nigerianischen \
         ghanaische ghanaischer ghanaischen äthiopische äthiopischer äthiopischen somalische somalischer somalischen \
         eritreische eritreischer eritreischen amerikanische amerikanischer amerikanischen kanadische kanadischer \
         kanadischen mexikanische mexikanischer mexikanischen brasilianische brasilianischer brasilianischen schwedische \
         schwedischer schwedischen norwegische norwegischer norwegischen dänische dänischer dänischen finnische finnischer \
         finnischen tschechische tschechischer tschechischen slowakische slowakischer slowakischen ungarische ungarischer \
         ungarischen kroatische kroatischer kroatischen serbische serbischer serbischen bosnische bosnischer bosnischen \
         albanische albanischer albanischen kosovarische kosovarischer kosovarischen kurdische kurdischer kurdischen \
         armenische armenischer armenischen georgische georgischer georgischen katholische katholischer katholischen \
         evangelische evangelischer evangelischen muslimische muslimischer muslimischen jüdische jüdischer jüdischen",
    ),
    (
        Classes::HOLIDAY,
        "all allerheiligen ano anzac armistice ascension aschermittwoch ash august australia año bank bevrijdingsdag black \
         bonfire boxing canada capodanno chanukah chinese christi christmas columbus dia dimanche diwali domenica domingo día \
         easter eerste eid epifania ersten father fathers ferragosto festa fourth fronleichnam fête giorno giovedì goede good \
         gründonnerstag guy halloween hanukkah heiligabend heilige heiligen heiliger hemelvaartsdag independence indigenous \
         jeudi jour jueves juneteenth karfreitag kerst kerstavond kerstmis koningsdag labor labour lunar lundi lunedì lunes \
         mardi martin maundy memorial mercoledì mlk mother mothers natale navidad neujahr neujahrstag new nieuwjaarsdag \
         nochebuena nochevieja nouvel noël ognissanti ostermontag ostern ostersonntag oudejaarsavond paasmaandag palm \
         palmsonntag pasen pasqua pasquetta passover pentecost pentecôte pfingsten pfingstmontag pfingstsonntag pinksteren \
         president presidents páscoa pâques quarta ramadan reformationstag remembrance rosenmontag rosh saint semana sexta \
         silvester silvesterabend sinterklaasavond st tag terça thanksgiving toussaint tweede valentine valentines veille \
         vendredi venerdì veterans victoria viernes vigilia véspera weihnachten whit xmas yom zweiten",
    ),
    (Classes::JOB, super::super::recognizers::generic::occupation::JOBS),
];
