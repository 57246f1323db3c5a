# The frame of every page: head, foot, the switches for language and large text
layout-name = Weige
layout-motto = Somebody to turn to, and an answer to every call
layout-skip = Skip to the content
layout-demo = This is demo data: names, phone numbers and addresses are invented samples.
layout-elder-on = Large text
layout-elder-off = Standard view
layout-other-language = 中文
layout-call = For help, please call
layout-call-none = For help, please call the city's service line
layout-emergency = In an emergency call first: police 110, fire 119, ambulance 120
layout-sign-in = Staff sign-in
layout-sign-out = Sign out
layout-administrator = Administrator
