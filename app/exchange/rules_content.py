"""Words that stand in the workbooks themselves: Chinese like the content that they carry."""

from app.places.rules import Zone
from app.web.current import Role

YES, NO = "是", "否"
YES_WORDS = frozenset({YES, "y", "yes", "1", "true", "√"})
NO_WORDS = frozenset({NO, "n", "no", "0", "false", "×"})
LISTS, GUIDE_SHEET = "选项", "说明"
IMPORTED = "工作簿导入"
ZONES = {Zone.RED: "红色", Zone.YELLOW: "黄色", Zone.BLUE: "蓝色", Zone.GREEN: "绿色"}
KIND_NAMES = {
    "restroom": "卫生间", "pantry": "茶水间", "lift": "电梯", "common_area": "公共区域",
    "meeting_room": "会议室", "vehicle": "公务车", "canteen_kitchen": "食堂操作间", "print_room": "文印室",
    "greenery": "绿地", "parking": "停车场", "guard_post": "门岗", "assembly_point": "集合点",
    "plant_room": "设备间",
}  # fmt: skip
ROLE_NAMES = {
    Role.WORKER: "作业人员", Role.DRIVER: "驾驶员", Role.CREW_LEADER: "班长", Role.SUPERVISOR: "主管",
    Role.MANAGER: "外包经理", Role.INSPECTOR: "督导", Role.STANDARDS: "标准化科", Role.LEADER: "领导",
    Role.AUDITOR: "审计", Role.ADMIN: "管理员",
}  # fmt: skip
ABSENCE_NAMES = {"leave": "请假", "rest": "休息", "course": "培训"}
PLACE_NAMES = {
    "05000": "要求（通用）", "05001": "公务接待", "05002": "会议服务", "05003": "物业服务", "05004": "绿化服务",
    "05005": "餐饮服务", "05006": "停车场服务", "05007": "安全保卫服务", "05008": "公务用车服务保障",
    "05009": "文印服务", "05010": "设施设备运行维护", "01": "基础通用", "02": "机关经费管理", "03": "资产管理",
    "04": "公共机构节约能源资源", "05": "后勤服务（新项目）", "06": "其他管理",
}  # fmt: skip
EVIDENCE_NAMES = {"none": "打钩", "photo": "拍照", "number": "读数", "text": "文字", "choice": "选择"}
DAY_TYPE_NAMES = {"workday": "工作日", "restday": "休息日", "holiday": "节假日"}
PROFILE_NAMES = {
    "full": "全项", "round": "巡回", "deep": "深度", "open": "开室（餐）前", "meal": "加工供餐", "close": "收尾",
    "job": "单件", "service": "保养", "water": "浇灌",
}  # fmt: skip
REPEAT_NAMES = {
    "FREQ=DAILY": "每天", "FREQ=WEEKLY;BYDAY=MO": "每周一", "FREQ=WEEKLY;BYDAY=TU": "每周二",
    "FREQ=WEEKLY;BYDAY=WE": "每周三", "FREQ=WEEKLY;BYDAY=TH": "每周四", "FREQ=WEEKLY;BYDAY=FR": "每周五",
    "FREQ=WEEKLY;BYDAY=SA": "每周六", "FREQ=WEEKLY;BYDAY=SU": "每周日", "FREQ=MONTHLY;BYMONTHDAY=1": "每月1日",
    "FREQ=MONTHLY;BYMONTHDAY=15": "每月15日",
}  # fmt: skip
GUIDE = (
    "第一行是隐藏的栏目代号，请不要删除；第二行是栏目，带 * 的必填；第三行是填写说明；从第四行起填写。",
    "不要合并单元格；公式按结果读取，没有结果的公式不收。",
    "表里没有的行保持不变，不会删除；停用请在“启用”或“在岗”栏填“否”。",
    "上传后先看会改什么，确认后整份生效；有一处不对，整份都不生效。",
)
