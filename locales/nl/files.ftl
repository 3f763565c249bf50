# Bestanden: bij een melding, bij een intake, bij een casus.
# Wat iemand weet voordat hij iets kiest.
files-tell-title = Wat gebeurt er met een foto of bestand?
files-tell-kinds = U kunt een foto, schermafdruk, PDF, tekst, geluid of video sturen. Hoogstens vijf bestanden tegelijk, elk tot 10 MB.
files-tell-cleaned = Uit foto’s en schermafdrukken halen wij wat een telefoon erbij schrijft: de plaats, de tijd en het toestel. De naam van een bestand bewaren wij nooit.
files-tell-uncleaned = In een PDF, geluid of video kan nog staan waar of door wie die is gemaakt. Dat kunnen wij er niet uithalen. Stuur daarvan liever een schermafdruk als u niet herkend wilt worden.
files-tell-seen = Wat u op de foto ziet, kunnen wij niet weghalen. Kijk dus of iemand u daaraan kan herkennen.
files-tell-child = Gaat het om seksuele beelden van iemand jonger dan 18? Stuur die niet. Schrijf op waar ze staan.
files-choose = Kies bestanden
files-choose-hint = Hoogstens vijf tegelijk, elk tot 10 MB.
# Soort en grootte.
files-kind-picture = foto of schermafdruk
files-kind-document = PDF
files-kind-text = tekst
files-kind-video = video
files-kind-sound = geluid
files-kind-paper = tekstdocument
files-kind-sheet = rekenblad
files-size-kb = { $n } kB
files-size-mb = { $n } MB
# Waarom een bestand niet is aangenomen. $n: het hoeveelste.
files-fault-empty = Bestand { $n } is leeg.
files-fault-too-large = Bestand { $n } is te groot. Een bestand mag hoogstens 10 MB zijn.
files-fault-kind = Bestand { $n } is geen foto, PDF, tekst, geluid of video die wij kunnen aannemen. Maak er een schermafdruk of een PDF van.
files-fault-photo = Bestand { $n } is een soort foto (HEIC of AVIF) waar wij plaats en toestel niet uit kunnen halen. Stuur een schermafdruk ervan of een JPEG.
files-fault-damaged = Bestand { $n } is beschadigd of niet heel. Stuur er een schermafdruk van.
files-fault-macros = In bestand { $n } zitten macro’s: programma’s die gaan lopen bij het openen. Bewaar het zonder macro’s of als PDF.
files-fault-paper = Bestand { $n } is geen foto, PDF, tekst, Word- of Excel-bestand dat wij kunnen aannemen. Maak er een PDF van.
files-fault-paper-damaged = Bestand { $n } is beschadigd of niet heel. Bewaar het opnieuw, of maak er een PDF van.
files-fault-papers-many = Dit zijn te veel bestanden. Hoogstens vijf tegelijk en twintig bij één update. Er is niets bewaard.
files-fault-many = Dit zijn te veel bestanden. U kunt er hoogstens vijf tegelijk sturen, en later met uw code nog meer: hoogstens twintig bij één melding.
files-fault-all-too-large = De bestanden zijn samen te groot. Stuur er minder tegelijk.
files-fault-cut-off = De bestanden zijn niet heel aangekomen. Er is niets bewaard. Probeer het nog een keer.
files-fault-busy = Er sturen nu te veel mensen tegelijk bestanden. Er is niets bewaard. Probeer het over een minuut nog een keer.
# Voor wie ermee werkt.
files-title = { $n ->
    [one] Een bestand
   *[other] { $n } bestanden
}
files-numbered = Bestand { $n }: { $file }
files-save = { $file }: opslaan
files-careful-title = Voordat u een bestand opent
files-careful = Een bestand komt van buiten en kan schadelijk zijn. Het wordt hier nooit getoond: u slaat het op en opent het op een apparaat dat daarvoor bedoeld is. In het logboek staat wie het heeft opgeslagen.
files-careful-hidden = Uit foto’s en schermafdrukken is gehaald waar, wanneer en waarmee ze zijn gemaakt. In een PDF, geluid of video kan nog staan wie de maker is. Dat kan de melder verraden.
files-careful-child = Blijken het seksuele beelden van iemand jonger dan 18? Bewaar uw kopie niet, stuur niets door en overleg meteen met de politie.
