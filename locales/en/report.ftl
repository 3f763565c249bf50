# The report: one question per page, in everyday words. It asks about situations, never for a label.

report-number = Question { $n } of { $of }
report-next = Next
report-back = Back
report-send = Send

report-danger-title = Is someone in danger now?
report-danger-hint = Think of violence, being locked up, or being taken away.
report-danger-yes = Yes, there is danger now
report-danger-no = No, not now
report-danger-unknown = I do not know
report-danger-missing = Choose whether someone is in danger now. You may also choose “I do not know”.

report-emergency-title = Call 112 first
report-emergency-call = Call 112. The police or an ambulance can come at once. We cannot.
report-emergency-cannot = Can you not call or speak? Ask someone near you to call for you.
report-emergency-go-on = After that you can still tell here what is happening.
report-emergency-button = Go on with the questions

report-story-title = What is happening?
report-story-hint = Write in your own words and in your own language. One sentence is enough. More is welcome. You do not have to give names.
report-story-missing = Tell what is happening. One sentence is enough.

report-about-title = Who is it about?
report-about-me = About me
report-about-other = About someone else, or about several people
report-about-place = About a place or a business where something is wrong
report-about-missing = Choose who it is about.

report-age-title = How old is the person concerned?
report-age-title-me = How old are you?
report-age-hint = There is different help for people under 18.
report-age-minor = Under 18
report-age-adult = 18 or older
report-age-mixed = There are several people, and someone under 18 is among them
report-age-unknown = I do not know
report-age-not-said = I would rather not say
report-age-missing = Choose an age. You may also choose the last answer.

report-place-title = In which municipality is it?
report-place-hint = Type the name of the city or municipality. Is it on the internet or on the road? Then write that.
report-place-missing = Type a place, or choose “I do not know”.
report-place-which = Which one do you mean?
report-place-none = We do not know this municipality
report-place-none-hint = It may be a village or a neighbourhood. That is fine too. Or correct the name above.
report-place-words = None of the municipalities. I mean: { $words }
report-place-choose = Choose what you mean, or type another name.
report-place-unknown = I do not know

report-situations-title = What fits?
report-situations-hint = Choose everything that fits. Does nothing fit? Then just go on.
report-situation-little-pay = Getting too little money for the work, or no money at all
report-situation-long-hours = Working very many hours, or never having a day off
report-situation-papers-taken = Someone else keeps the passport or the papers
report-situation-debt = Having to pay off a debt by working
report-situation-watched = Not being allowed to leave, or being watched all the time
report-situation-threatened = Being frightened or beaten
report-situation-bad-housing = Having to sleep at work, or with many people in a bad place
report-situation-forced-sex = Having to have sex for money or for someone else
report-situation-forced-images = Having to make sexual photos or videos, or being threatened with them
report-situation-forced-crime = Having to steal, carry drugs or do something else that is not allowed
report-situation-bank-account = Having to give a bank card or account to someone else
report-situation-begging = Having to beg
report-situation-forced-marriage = Having to marry, or being married without wanting it
report-situation-child = Having to bear or give up a child for someone else
report-situation-organ = Having to give up a kidney or another part of the body
report-situation-something-else = Something else that does not feel right

report-wish-title = What would you like from us?
report-wish-hint = You can change your mind later.
report-wish-help = I want help, for me or for the other person
report-wish-contact = No help, but you may ask me something
report-wish-nothing = Nothing. I only want to tell this
report-wish-missing = Choose what you would like from us.

report-reach-title = How can we reach you safely?
report-reach-mailbox = Only here on this site, with my code
report-reach-mailbox-hint = This is the safest. We send you nothing.
report-reach-phone = With a phone call
report-reach-text = With a message on my phone
report-reach-email = With an e-mail
report-reach-person = Through someone I trust
report-reach-missing = Choose how we can reach you.

report-rules-title = What must we take care of?
report-rules-lead = We keep to what you write here. A message from us never says what it is about.
report-at-phone = Your telephone number
report-at-email = Your e-mail address
report-at-person = Who is it, and how do we reach that person?
report-at-missing = Fill in where we can reach you. Or go back and choose another way.
report-when = When is it safe?
report-when-hint = For example: only on Mondays between 10 and 12 o’clock.
report-never-call = Never call me, and never call back
report-code-word = A word that we say first
report-code-word-hint = Then you know that it is us.
report-others = Who else may answer or read along?
report-others-hint = And what may that person know?

report-check-title = Is everything right?
report-check-danger = Danger now
report-check-story = What is happening
report-check-about = About whom
report-check-age = Age
report-check-place = Where
report-check-situations = What fits
report-check-wish = What you would like
report-check-reach = How we reach you
report-check-rules = What we take care of
report-check-code-word = We say first: { $word }
report-check-nothing = Nothing filled in
report-check-change = Change
report-check-send-note = When you press “Send”, we keep this and a person reads it. Until that moment nothing has been kept.
report-not-sent = Your message has not been sent yet
report-not-sent-kept = Your answers are still on this page. Press “Send” again in a moment.

receipt-page-title = Sent
receipt-title = Thank you. We have your message.
receipt-lead = We received it on { $when }.
receipt-code-title = Your code
receipt-code-use = With this code you can read our answer later, under “My messages”.
receipt-code-once = You see the code only once. We cannot give it again.
receipt-code-safe = Write it down in a safe place. You can hide it as a telephone number.
receipt-code-choice = You may also throw the code away. Your message then stays with us, but you can no longer read what we answer.
receipt-next-title = What happens now?
receipt-next-read = A person reads your message.
receipt-next-answer = Do we have a question or an answer? Then it stands under “My messages”.
receipt-next-danger = Does it become dangerous? Do not wait for us. Call 112.
receipt-leave = Are you ready? Then leave this page, so that nobody sees the code.
# Photo or file
report-files-title = Do you have a photo, screenshot or file?
report-files-first = You do not need one. If you have one, choose it now, before you send. You can also do it later, with your code.
report-files-add = Choose a photo or file
report-files-lead = Here you choose files and send everything at once. Until that moment nothing has been kept.
report-files-send-note = When you press “Send”, we keep your answers and the files. No file after all? Then press “Send” too.
report-files-again = Nothing was sent. Your answers are still on this page. The files must be chosen again.
receipt-files-title = Your files
receipt-files-kept = We did not keep the names of the files. From photos and screenshots we took out where, when and with what they were made.
receipt-files-uncleaned = The other files may still say so.
