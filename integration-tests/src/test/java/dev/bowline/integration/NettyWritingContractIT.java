package dev.bowline.integration;

class NettyWritingContractIT extends WritingContract implements OnNetty {}
