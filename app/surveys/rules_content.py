"""What a survey says in the language of those who answer, and what is looked for in their words: content, Chinese."""

import re

from app.surveys.rules import Question

TITLE = "机关后勤服务满意度调查"
EXAMPLE = "办公室 20"
# A line of the list of departments: a name, signs between, how many people.
DEPARTMENT = re.compile(r"(?P<name>.+?)[\s,，、:：]+(?P<n>\d{1,5})\s*人?")
# Topics as the trade cuts service (seed 001-3 §9.1; rules SA-10), in the language of those who answer.
TEMPLATE = (
    Question("保洁", "您对办公区、公共区域和卫生间的保洁是否满意？"),
    Question("会议服务", "您对会议室预订、会前准备和会中服务是否满意？"),
    Question("餐饮", "您对食堂的饭菜质量、卫生和秩序是否满意？"),
    Question("公务用车", "您对派车的及时、驾驶员的服务和车辆整洁是否满意？"),
    Question("维修", "您对报修后的到场速度和修好程度是否满意？"),
    Question("安保", "您对门岗、访客接待和停车秩序是否满意？"),
    Question("绿化", "您对院区绿化养护是否满意？"),
    Question("文印", "您对文印服务的及时和质量是否满意？"),
)
INTRO = "匿名填写，约2分钟。不记姓名、不记手机，结果只按服务类别汇总；不足5份的部门不单独列出。"
HIDDEN = "〔已隐去〕"
# Mail, mobile and fixed telephones, numbers of cards and identity, accounts of chats: what says who wrote.
CONTACTS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:微信号?|QQ号?|VX|wx|qq|手机号?|电话|工号|身份证号?)\s*[:：是为]?\s*[A-Za-z0-9][A-Za-z0-9_-]{4,}"
    r"|(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d{4}){2}"
    r"|0\d{2,3}[\s-]?\d{7,8}"
    r"|\d{6,}[\dXx]?",
    re.IGNORECASE,
)
