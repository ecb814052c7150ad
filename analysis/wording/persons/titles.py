"""What stands before or behind a person's name and is no part of it: posts, parts in a matter."""

import re

from analysis.wording.units import BODY

#: What a post or a part in the matter is called.
_POSTS = (
    "局长|县长|市长|区长|镇长|乡长|村长|部长|处长|科长|股长|所长|站长|院长|校长|园长|馆长|会长|社长|台长|"
    "厂长|店长|班长|组长|队长|警长|司长|厅长|秘书长|董事长|书记|主任|主席|委员|常委|政委|教导员|指导员|"
    "指挥长|调研员|巡视员|主任科员|科员|干事|专干|专员|助理|经理|总监|主管|老板|业主|法人代表|法定代表人|"
    "法人|工程师|老师|教授|民警|警官|检查员|验收员|复查员|督查员|安全员|管理员|联络员|网格员|负责人|责任人|"
    "责任领导|分管领导|牵头领导|领导|验收人|复查人|复核人|签字人|经办人|组员|成员|同志|先生|女士"
)
TITLE = (
    r"(?:[一二三四]级)?(?:[省市县区镇乡](?:委|政府)|常务|第一|分管|主管|主要|党组|党委|支部|安全|行政|执行|专班|验收|工作)*"
    rf"(?:副|总|大队|支队|中队|大|支|中|小){{0,2}}(?:{_POSTS})"
)
HAN = "\u3007\u3400-\u9fff\uf900-\ufaff·"
BEHIND = re.compile(rf"([{HAN}]{{1,6}}?)(?:{TITLE})+")
BEFORE = re.compile(rf".*(?:{TITLE})([{HAN}]{{2,4}})")
#: «张某县文旅局党组书记»: a name and, behind it, the post with its body.
IN_OFFICE = re.compile(rf"([{HAN}]{{2,3}}?)[省市县区镇乡][{HAN}]*?(?:{BODY})(?:{TITLE})+")
TITLES = re.compile(rf"(?:{TITLE})+")
#: «县文旅局王某»: a body and, behind it, a name.
OF_BODY = re.compile(rf"[{HAN}]{{2,}}(?:{BODY})([{HAN}]{{2,3}})")
#: «副县长王 某», «县文旅局王 某»: a padded name with no blank before it.
PADDED = re.compile(rf"((?:{TITLE})|[{HAN}]{{2,}}(?:{BODY}))([{HAN}]) ([{HAN}]{{1,2}})(?![{HAN}])")
