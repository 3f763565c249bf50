# Files: with a report, an intake, a case.
# What somebody knows before choosing.
files-tell-title = What happens with a photo or file?
files-tell-kinds = You can send a photo, screenshot, PDF, text, sound or video. At most five files at a time, each up to 10 MB.
files-tell-cleaned = From photos and screenshots we take out what a phone writes beside the picture: the place, the time and the device. We never keep the name of a file.
files-tell-uncleaned = A PDF, sound or video can still say where or by whom it was made. We cannot take that out. Send a screenshot of it instead if you do not want to be recognised.
files-tell-seen = We cannot take away what you see in the picture. So look whether somebody can recognise you by it.
files-tell-child = Is it sexual pictures of somebody under 18? Do not send them. Write down where they are.
files-choose = Choose files
files-choose-hint = At most five at a time, each up to 10 MB.
# Kind and size.
files-kind-picture = photo or screenshot
files-kind-document = PDF
files-kind-text = text
files-kind-video = video
files-kind-sound = sound
files-kind-paper = text document
files-kind-sheet = spreadsheet
files-size-kb = { $n } kB
files-size-mb = { $n } MB
# Why a file was not taken. $n: which one.
files-fault-empty = File { $n } is empty.
files-fault-too-large = File { $n } is too large. A file may be at most 10 MB.
files-fault-kind = File { $n } is not a photo, PDF, text, sound or video that we can take. Make a screenshot or a PDF of it.
files-fault-photo = File { $n } is a kind of photo (HEIC or AVIF) from which we cannot take out the place and the device. Send a screenshot of it, or a JPEG.
files-fault-damaged = File { $n } is damaged or not whole. Send a screenshot of it.
files-fault-macros = File { $n } holds macros: programs that run when it is opened. Save it without macros, or as PDF.
files-fault-paper = File { $n } is no photo, PDF, text, Word or Excel file that we can take. Make a PDF of it.
files-fault-paper-damaged = File { $n } is damaged or not whole. Save it again, or make a PDF of it.
files-fault-papers-many = These are too many files. At most five at a time and twenty with one update. Nothing was kept.
files-fault-many = These are too many files. You can send at most five at a time, and more later with your code: at most twenty with one report.
files-fault-all-too-large = Together the files are too large. Send fewer at a time.
files-fault-cut-off = The files did not arrive whole. Nothing was kept. Try it once more.
files-fault-busy = Too many people are sending files right now. Nothing was kept. Try it again in a minute.
# For who works with it.
files-title = { $n ->
    [one] One file
   *[other] { $n } files
}
files-numbered = File { $n }: { $file }
files-save = { $file }: save
files-careful-title = Before you open a file
files-careful = A file comes from outside and can do harm. It is never shown here: you save it and open it on a device that is meant for that. The journal says who saved it.
files-careful-hidden = From photos and screenshots it was taken out where, when and with what they were made. A PDF, sound or video may still say who made it. That can give the reporter away.
files-careful-child = Do they turn out to be sexual pictures of somebody under 18? Keep no copy, pass nothing on, and consult the police at once.
